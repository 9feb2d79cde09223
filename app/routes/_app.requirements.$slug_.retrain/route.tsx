import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { Count } from "#app/components/effect-view.tsx";
import { ResultCard } from "#app/components/result-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { retrainingCauseNames, retrainingCauses } from "#app/domain/competence/retraining.ts";
import { requirementView, ruleChoices } from "#app/domain/competence/requirement-view.server.ts";
import {
  askAgain,
  effectOfRetraining,
  peopleCalled,
  type RetrainingEffect,
} from "#app/domain/competence/retraining.server.ts";
import { type FormState, parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { changeSince, previewChangeWords, previewMark } from "#app/http/preview-mark.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Ask for training again"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const { departments } = await ruleChoices(context.db, actor, now);
  const { body, endedOn } = found(await requirementView(context.db, actor, params["slug"] ?? "", now));
  found(endedOn === null ? body : null);
  return { slug: body.slug, title: body.title, dueDays: body.dueDays, departments };
}

type RetrainState = FormState & { effect: (RetrainingEffect & { mark: string }) | null };

const wholeDays = msg("Enter a whole number from 1 to 999.");

const fields = z
  .object({
    intent: z.enum(["preview", "ask"]).catch("preview"),
    cause: z.enum(retrainingCauses, msg("Choose the cause.")),
    reason: z
      .string()
      .trim()
      .min(10, msg("Give the reason in at least ten characters; an auditor will read it."))
      .max(500, msg("Keep the reason within 500 characters.")),
    dueDays: z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, wholeDays)
      .transform(Number)
      .refine((n) => n > 0, wholeDays),
    whom: z.enum(["all", "department", "named"], msg("Choose whom to ask.")),
    department: z.string().default(""),
    people: z.string().default(""),
    mark: z.string().optional(),
  })
  .refine((one) => one.whom !== "department" || one.department !== "", {
    path: ["department"],
    message: msg("Choose the department."),
  })
  .refine((one) => one.whom !== "named" || one.people.trim() !== "", {
    path: ["people"],
    message: msg("Name at least one person."),
  })
  // What was entered for a choice that was not made would be dropped without a word.
  .refine((one) => one.whom === "department" || one.department === "", {
    path: ["department"],
    message: msg("Choose “Those of a department” above, or no department here."),
  })
  .refine((one) => one.whom === "named" || one.people.trim() === "", {
    path: ["people"],
    message: msg("Choose “People named one by one” above, or leave this empty."),
  });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const form = await parseForm(request, fields);
  const { state } = form;
  const answer = (change: Partial<RetrainState>, status: number) =>
    data<RetrainState>({ ...state, effect: null, ...change }, { status });
  if (!form.ok) return answer({}, 422);
  const { intent, whom, department, people, cause, reason, dueDays } = form.value;
  const named = whom === "named" ? await peopleCalled(context.db, actor, people.split(/[\n,;]+/)) : null;
  if (named && named.unknown.length > 0) {
    const t = await translateFor(request);
    const message = t("Nobody here is called {{names}}: use names, e-mail addresses or ids.", {
      names: named.unknown.join(", "),
    });
    return answer({ errors: { people: message } }, 422);
  }
  const input = {
    requirement: params["slug"] ?? "",
    dueDays,
    department: whom === "department" ? department : undefined,
    personIds: named?.ids,
  };
  const effect = await effectOfRetraining(context.db, actor, input, now);
  const t = await translateFor(request);
  const { outside } = effect;
  if (outside.count > 0) {
    const message = t("The requirement asks nothing of {{names}}: take them out.", {
      names: outside.first.map((one) => one.name).join(", "),
    });
    return answer({ errors: { people: message } }, 422);
  }
  const mark = previewMark({ ...input, cause, reason }, effect);
  const change = intent === "ask" ? changeSince(form.value.mark, mark) : null;
  if (intent === "preview" || change)
    return answer(
      { effect: { ...effect, mark }, ...(change ? { message: t(previewChangeWords[change]) } : {}) },
      change ? 409 : 200,
    );
  const { asked } = found(await askAgain(context.db, actor, { ...input, cause, reason }, now));
  return redirect(`/requirements/${input.requirement}?asked=${asked}`);
}

export default function RetrainPage() {
  const t = useT();
  const { slug, title, dueDays, departments } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const text = (name: string, otherwise = "") => {
    const value = state?.values[name];
    return { defaultValue: typeof value === "string" ? value : otherwise, error: state?.errors[name] };
  };
  const effect = state?.effect ?? null;
  const whom = state?.values["whom"] ?? "all";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/requirements/${slug}`} lang="en" className="underline underline-offset-4">
            {title}
          </Link>
        }
        title={t("Ask for training again")}
        lead={t(
          "Before its time, because something happened. The competence counts until the new date at most, and the next period opens at once.",
        )}
      />
      <Form method="post" className="space-y-6" noValidate>
        <button name="intent" value="preview" className="hidden" tabIndex={-1} aria-hidden="true" />
        {state?.message ? (
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        ) : null}
        {effect ? (
          <ResultCard key={JSON.stringify(effect)}>
            <h2 className="mb-4 text-lg">{t("What it would do")}</h2>
            <dl className="grid gap-4 sm:grid-cols-2">
              <Count term={t("Asked again")} some={effect.asked} />
              <Count term={t("Have it before them already")} some={effect.unproven} />
              {effect.ending.count > 0 ? (
                <Count term={t("Ends by then anyway")} some={effect.ending} />
              ) : null}
            </dl>
            <input type="hidden" name="mark" value={effect.mark} />
            {effect.asked.count > 0 ? (
              <Button name="intent" value="ask" disabled={busy} className="mt-5">
                {busy ? t("Asking…") : t("Ask them")}
              </Button>
            ) : (
              <p role="status" className="text-muted mt-4 text-sm">
                {t("There is nobody to ask: change whom to ask, or the days.")}
              </p>
            )}
          </ResultCard>
        ) : null}
        <Card as="section" className="space-y-5">
          <Select label={t("Cause")} name="cause" {...text("cause")}>
            <option value="">{t("Choose …")}</option>
            {retrainingCauses.map((one) => (
              <option key={one} value={one}>
                {t(retrainingCauseNames[one])}
              </option>
            ))}
          </Select>
          <TextArea label={t("Reason")} name="reason" rows={3} maxLength={500} {...text("reason")} />
          <TextField
            label={t("Days to complete it")}
            name="dueDays"
            inputMode="numeric"
            {...text("dueDays", String(dueDays))}
          />
          <fieldset>
            <legend className="mb-2 text-sm font-semibold">{t("Whom to ask")}</legend>
            <div className="space-y-3">
              <Choice type="radio" name="whom" value="all" defaultChecked={whom === "all"}>
                {t("Everybody who falls under it")}
              </Choice>
              <Choice type="radio" name="whom" value="department" defaultChecked={whom === "department"}>
                {t("Those of a department")}
              </Choice>
              <Select label={t("Department")} name="department" {...text("department")}>
                <option value="">{t("Choose …")}</option>
                {departments.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </Select>
              <Choice type="radio" name="whom" value="named" defaultChecked={whom === "named"}>
                {t("People named one by one")}
              </Choice>
              <TextArea
                label={t("People")}
                name="people"
                rows={3}
                hint={t("Names, e-mail addresses or ids, one a line.")}
                {...text("people")}
              />
            </div>
          </fieldset>
          <Button name="intent" value="preview" look="secondary" disabled={busy}>
            {busy ? t("Counting…") : t("See what it would do")}
          </Button>
        </Card>
      </Form>
    </div>
  );
}
