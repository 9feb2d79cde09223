import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { useDoneRole } from "#app/components/done-role.ts";
import { fieldOf } from "#app/components/form-text.ts";
import { RuleWords } from "#app/components/rule-words.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice, TextArea } from "#app/components/ui/field.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import { periodStateNames, periodStates } from "#app/domain/competence/period-state.ts";
import { retrainingCauseNames } from "#app/domain/competence/retraining.ts";
import { anchorNames, certificationWords, ruleOf, triggerNames } from "#app/domain/competence/requirement.ts";
import { namingsOf } from "#app/domain/competence/naming.server.ts";
import { endRequirement } from "#app/domain/competence/requirement-edit.server.ts";
import { newestRun } from "#app/domain/competence/requirement-run.server.ts";
import { requirementView } from "#app/domain/competence/requirement-view.server.ts";
import { parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { History } from "./history.tsx";
import { Run } from "./run.tsx";
import { Named } from "./named.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.view.body.title ?? t("Requirement"));

const counted = z.coerce.number().int().min(0).catch(0);

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const view = found(await requirementView(context.db, actor, params["slug"] ?? "", context.now()));
  const search = new URL(request.url).searchParams;
  const done = search.has("opened")
    ? { opened: counted.parse(search.get("opened")), ended: counted.parse(search.get("ended")) }
    : null;
  return {
    view,
    run: await newestRun(context.db, view.body.slug),
    namings: await namingsOf(context.db, { requirement: view.body.slug }, context.now()),
    done,
    scheduled: search.has("scheduled"),
    ahead: search.has("ahead"),
    asked: search.has("asked") ? counted.parse(search.get("asked")) : null,
  };
}

const fields = z.object({
  reason: z
    .string()
    .trim()
    .min(10, msg("Give the reason in at least ten characters; an auditor will read it."))
    .max(500, msg("Keep the reason within 500 characters.")),
  sure: z.literal("yes", msg("Confirm that it ends for everybody.")),
});

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const slug = params["slug"] ?? "";
  const { reason } = form.value;
  const run = found(await endRequirement(context.db, actor, { slug, reason }, context.now()));
  return redirect(`/requirements/${slug}?${run.scheduled ? "scheduled=1" : `opened=0&ended=${run.ended}`}`);
}

export default function RequirementPage() {
  const t = useT();
  const doneRole = useDoneRole();
  const { view, done, scheduled, ahead, asked } = useLoaderData<typeof loader>();
  const { body, endedOn, mayManage } = view;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/requirements" className="underline underline-offset-4">
            {t("Requirements")}
          </Link>
        }
        title={body.title}
        lang="en"
        lead={endedOn ? <Badge tone="warn">{t("Ended")}</Badge> : undefined}
        actions={
          mayManage && endedOn === null ? (
            <>
              <ButtonLink to="edit" look="secondary">
                {t("Change it")}
              </ButtonLink>
              <ButtonLink to="retrain" look="secondary">
                {t("Ask for training again")}
              </ButtonLink>
            </>
          ) : undefined
        }
      />
      {done || scheduled || ahead || asked !== null ? (
        <div className="mb-6">
          <Notice tone="good" role={doneRole}>
            {ahead
              ? t("Saved. It comes into force on its first day by itself.")
              : scheduled
                ? t("Saved. It is applied to everybody now; this page shows how far it is.")
                : asked !== null
                  ? t("Asked {{count}} people again.", { count: asked })
                  : t("Applied: {{opened}} periods opened, {{ended}} ended.", done ?? {})}
          </Notice>
        </div>
      ) : null}
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-8">
          <Run />
          <Facts />
          <History />
        </div>
        <div className="space-y-8">
          <People />
          <Named />
          <Again />
          {mayManage && endedOn === null ? <End /> : null}
        </div>
      </div>
    </>
  );
}

function Facts() {
  const t = useT();
  const { view } = useLoaderData<typeof loader>();
  const { body, moduleTitle } = view;
  return (
    <Card as="section" className="space-y-5">
      <div>
        <h2 className="mb-2 text-lg">{t("Whom it asks")}</h2>
        <RuleWords rule={ruleOf(body)} />
      </div>
      <dl className="grid gap-4 sm:grid-cols-2">
        <Detail term={t("Module")}>
          <span lang="en">{moduleTitle}</span>
        </Detail>
        <Detail term={t("First day")}>
          <Day at={body.effectiveFrom} />
        </Detail>
        {body.effectiveUntil ? (
          <Detail term={t("Last day")}>
            <Day at={body.effectiveUntil} />
          </Detail>
        ) : null}
        <Detail term={t("It counts")}>{t("{{count}} months", { count: body.validMonths })}</Detail>
        <Detail term={t("Anniversary")}>
          {t(anchorNames[body.anchor ?? "completion"])}
          {body.anchor === "fixed" && body.anchorDay ? ` (${body.anchorDay})` : ""}
        </Detail>
        <Detail term={t("Renewal opens")}>
          {t("{{count}} days before its end", { count: body.windowDays })}
        </Detail>
        <Detail term={t("Due")}>{t("{{count}} days after it is assigned", { count: body.dueDays })}</Detail>
        <Detail term={t("Grace")}>{t("{{count}} days", { count: body.graceDays })}</Detail>
        {body.triggers?.length ? (
          <Detail term={t("Asked again after")}>
            <ul>
              {body.triggers.map((one) => (
                <li key={one}>{t(triggerNames[one])}</li>
              ))}
            </ul>
          </Detail>
        ) : null}
        <Detail term={t("Basis")}>
          <ul lang="en">
            {body.basis.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Detail>
        {body.certifications?.length ? (
          <Detail term={t("Certified as")}>
            <ul lang="en">
              {body.certifications.map((one) => (
                <li key={certificationWords(one)} className="wrap-anywhere">
                  {certificationWords(one)}
                </li>
              ))}
            </ul>
          </Detail>
        ) : null}
        {body.accepts?.length ? (
          <Detail term={t("What else may prove it")}>
            <ul>
              {body.accepts.map((one) => (
                <li key={one}>{t(basisKindNames[one])}</li>
              ))}
            </ul>
          </Detail>
        ) : null}
        {body.criteria?.length ? (
          <Detail term={t("Criteria of observed competence")}>
            <ul lang="en" className="list-disc pl-5">
              {body.criteria.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Detail>
        ) : null}
      </dl>
    </Card>
  );
}

function People() {
  const t = useT();
  const number = useNumber();
  const { view } = useLoaderData<typeof loader>();
  const { body, counts } = view;
  const taken = periodStates.filter((state) => counts[state] > 0);
  return (
    <section aria-labelledby="under">
      <h2 id="under" className="mb-3 text-xl">
        {t("Who falls under it")}
      </h2>
      {taken.length === 0 ? <p className="text-muted">{t("Nobody")}</p> : null}
      <ul className="divide-line divide-y">
        {taken.map((state) => (
          <li key={state}>
            <Link
              to={`/board?${new URLSearchParams({ requirement: body.slug, status: state })}`}
              className="hover:text-accent flex min-h-11 items-center justify-between gap-3"
            >
              <span>{t(periodStateNames[state])}</span>
              <span className="font-semibold tabular-nums">{number(counts[state])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Again() {
  const t = useT();
  const { view } = useLoaderData<typeof loader>();
  if (view.retrainings.length === 0) return null;
  return (
    <section aria-labelledby="again">
      <h2 id="again" className="mb-3 text-xl">
        {t("Asked again")}
      </h2>
      <ul className="divide-line divide-y text-sm">
        {view.retrainings.map((one) => (
          <li key={one.id} className="py-3">
            <p className="font-semibold">{t(retrainingCauseNames[one.cause])}</p>
            <p className="wrap-anywhere">{one.reason}</p>
            <p className="text-muted">
              <Rich
                text="<moment/> by {{name}}"
                values={{ name: one.author }}
                elements={{ moment: <Moment at={one.at.toISOString()} /> }}
              />
            </p>
            <p className="text-muted">{t("{{count}} people", { count: one.people })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function End() {
  const t = useT();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <details className="border-line rounded-2xl border p-5" open={state !== undefined}>
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t("End this requirement")}</summary>
      <Form method="post" className="mt-3 space-y-4" noValidate>
        <p className="text-muted text-sm">
          {t("It asks nothing of anybody from today. Open periods end; what was proven stays on record.")}
        </p>
        <TextArea label={t("Reason")} {...fieldOf(state, "reason")} rows={3} maxLength={500} />
        <Choice
          type="checkbox"
          name="sure"
          value="yes"
          aria-invalid={state?.errors["sure"] ? true : undefined}
        >
          {t("It ends for everybody")}
        </Choice>
        {state?.errors["sure"] ? (
          <p role="alert" className="text-bad-ink text-sm font-medium">
            {state.errors["sure"]}
          </p>
        ) : null}
        <Button look="danger" disabled={busy}>
          {t("End it today")}
        </Button>
      </Form>
    </details>
  );
}
