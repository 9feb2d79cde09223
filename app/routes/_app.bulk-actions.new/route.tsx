import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { fieldOf } from "#app/components/form-text.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Choice, TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { boardFilter, filterQuery } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import {
  bulkInput,
  bulkKindNames,
  bulkKinds,
  bulkLimit,
  type ChosenKind,
} from "#app/domain/competence/bulk.ts";
import {
  type BulkRefusal,
  isBulkAction,
  type Preview,
  previewBulk,
  startBulk,
} from "#app/domain/competence/bulk.server.ts";
import { decideWaiver, waiverRefusalWords } from "#app/domain/competence/waiver.ts";
import { allow } from "#app/domain/people/permission.ts";
import { formOf, type FormState, parseForm, refused } from "#app/http/form.server.ts";
import { changeSince, previewChangeWords, previewMark } from "#app/http/preview-mark.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg, type Translate } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Confirm } from "./confirm.tsx";
import { KindFields } from "./fields.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Do something for many"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "waiver.grant", {});
  const now = context.now();
  const filter = filterOf(request);
  const page = await board(context.db, actor, { filter }, now);
  const { requirements } = page.choices;
  return {
    query: filterQuery(filter),
    requirements,
    requirement: requirements.find((one) => one.slug === filter.requirement) ?? null,
    people: page.people.map(({ id, name, department }) => ({ id, name, department })),
    total: page.total,
    more: page.more,
    today: now.toISOString().slice(0, 10),
  };
}

const filterOf = (request: Request) =>
  boardFilter.parse(Object.fromEntries(new URL(request.url).searchParams));

const one = z.string().max(100);
const whom = z.object({
  who: z.enum(["all", "ticked"], msg("Choose for whom.")),
  person: z
    .union([z.array(one).max(100), one])
    .default([])
    .transform((ids) => (typeof ids === "string" ? [ids] : ids)),
});
const fields = z.intersection(
  whom.extend({
    step: z.enum(["preview", "start"]),
    id: z.uuid().optional(),
    mark: z.string().optional(),
  }),
  bulkInput,
);

/** First shows what it would do, and to how many; then has it done. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "waiver.grant", {});
  const { db } = context;
  const now = context.now();
  if ((await formOf(request.clone())).get("step") === "action") return toAction(request);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { step, id, mark: sent, who, person, ...input } = form.value;
  const t = await translateFor(request);
  if (who === "ticked" && person.length === 0) return untouched(form.state, t);
  if (input.kind === "grant_waiver") {
    const decided = decideWaiver({ completedAt: null }, input.until, now);
    if (!decided.ok)
      return refused({ ...form.state, errors: { until: t(waiverRefusalWords[decided.reason]) } }, 422);
  }
  if (input.kind === "assign" && input.lastDay !== null && input.lastDay < now.toISOString().slice(0, 10))
    return refused({ ...form.state, errors: { lastDay: t(waiverRefusalWords.past) } }, 422);
  const chosen = {
    kind: input.kind,
    filter: filterOf(request),
    personIds: who === "ticked" ? person : [],
    requirement: input.kind === "assign" ? input.requirement : undefined,
  };
  const preview = await previewBulk(db, actor, chosen, now);
  const mark = previewMark({ chosen, input }, preview);
  let message: string | undefined;
  if (preview.periods === 0) message = refusalWords(t, "none", input.kind);
  if (preview.periods > bulkLimit) message = refusalWords(t, "too_many", input.kind);
  if (step === "start" && id !== undefined) {
    // Sent twice, it was asked once: what it did since must not look like a change.
    const change = (await isBulkAction(db, actor, id)) ? null : changeSince(sent, mark);
    if (change) message ??= t(previewChangeWords[change]);
    else {
      const started = await startBulk(db, actor, { ...chosen, id, expected: preview.periods, input }, now);
      if (started.ok) return redirect(`/bulk-actions/${id}`);
      message = refusalWords(t, started.reason, input.kind);
    }
  }
  return { ...form.state, ...(message === undefined ? {} : { message }), preview, mark, id: randomUUID() };
}

const untouched = (state: FormState, t: Translate) =>
  refused({ ...state, errors: { person: t("Tick at least one person.") } }, 422);

/** Sends the people on to a corrective action about them. */
async function toAction(request: Request) {
  const form = await parseForm(request, whom);
  if (!form.ok) return form.response;
  const { who, person } = form.value;
  if (who === "ticked" && person.length === 0) return untouched(form.state, await translateFor(request));
  const board = filterQuery(filterOf(request));
  const query = new URLSearchParams(who === "ticked" ? { people: person.join(",") } : { board });
  return redirect(`/actions/new?${query}`);
}

function refusalWords(t: Translate, reason: BulkRefusal, kind: ChosenKind): string {
  const words: Record<BulkRefusal, string> = {
    none:
      kind === "assign"
        ? t("There is nobody to assign it to: it asks all of these people already.")
        : t("There is nothing to do: no training of these people is of that kind."),
    too_many: t("That is more than {{number}} at once. Narrow the board first.", { number: bulkLimit }),
    changed: t("Meanwhile it is another number than you were shown. Look again before you confirm."),
  };
  return words[reason];
}

export type Previewed = {
  preview: Preview;
  id: string;
  mark: string;
  values: Record<string, string | string[]>;
};

export default function NewBulkAction() {
  const t = useT();
  const { query, requirement } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const value = (name: string): string => {
    const sent = state?.values[name];
    return typeof sent === "string" ? sent : "";
  };
  const kind = value("kind") || "remind";
  const previewed = state && "preview" in state && state.preview.periods > 0 ? state : null;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link
            to={query === "" ? "/board?view=none" : `/board?${query}`}
            className="underline underline-offset-4"
          >
            {t("Board")}
          </Link>
        }
        actions={
          <ButtonLink to="/bulk-actions" look="secondary">
            {t("Done for many")}
          </ButtonLink>
        }
        title={t("Do something for many")}
        lead={
          requirement === null
            ? t(
                "For every requirement of the people the board shows. You see the number before anything happens.",
              )
            : t(
                "For one requirement of the people the board shows. You see the number before anything happens.",
              )
        }
      />
      {requirement === null ? null : (
        <p lang="en" className="mb-6 font-semibold">
          {requirement.title}
        </p>
      )}
      {state?.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="group" noValidate>
        {/* What Enter does in a field: the first button of the form. */}
        <button name="step" value="preview" className="hidden" tabIndex={-1} aria-hidden="true" />
        {previewed && previewed.preview.periods <= bulkLimit ? (
          <div className="mb-8">
            <Confirm previewed={previewed} />
          </div>
        ) : null}
        <Card as="section" className="space-y-5">
          <fieldset>
            <legend className="mb-2 font-semibold">{t("What to do")}</legend>
            <div className="space-y-2.5">
              {bulkKinds.map((one) => (
                <Choice key={one} type="radio" name="kind" value={one} defaultChecked={kind === one}>
                  {t(bulkKindNames[one])}
                </Choice>
              ))}
            </div>
          </fieldset>
          <Who ticked={state?.values["person"]} who={value("who") || "all"} error={state?.errors["person"]} />
          <TextArea
            label={t("Reason")}
            hint={t("For the record; needed for all but reminders.")}
            {...fieldOf(state, "reason")}
            rows={3}
            maxLength={500}
          />
          <KindFields value={value} error={(name) => state?.errors[name]} />
          <div className="flex flex-wrap gap-3">
            <Button name="step" value="preview" look={previewed ? "secondary" : "primary"} disabled={busy}>
              {t("Preview")}
            </Button>
            <Button name="step" value="action" look="secondary" disabled={busy}>
              {t("Open a corrective action for these people")}
            </Button>
          </div>
        </Card>
      </Form>
    </div>
  );
}

function Who({
  ticked,
  who,
  error,
}: {
  ticked?: string | string[] | undefined;
  who: string;
  error?: string | undefined;
}) {
  const t = useT();
  const { people, total, more } = useLoaderData<typeof loader>();
  const before = new Set(typeof ticked === "string" ? [ticked] : ticked);
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t("For whom")}</legend>
      <div className="space-y-2.5">
        <Choice type="radio" name="who" value="all" defaultChecked={who === "all"}>
          {more ? t("All who match") : t("All {{count}} people who match", { count: total })}
        </Choice>
        <Choice type="radio" name="who" value="ticked" defaultChecked={who === "ticked"}>
          {t("Only those ticked below")}
        </Choice>
      </div>
      {error ? (
        <p role="alert" className="text-bad-ink mt-2 text-sm font-medium">
          {error}
        </p>
      ) : null}
      <details open={before.size > 0 || error ? true : undefined} className="mt-2">
        <summary className="text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold">
          {t("The first people of the board")}
        </summary>
        <ul className="mt-1 grid gap-2 sm:grid-cols-2">
          {people.map(({ id, name, department }) => (
            <li key={id}>
              <Choice type="checkbox" name="person[]" value={id} defaultChecked={before.has(id)}>
                {name} <span className="text-muted text-sm">{department}</span>
              </Choice>
            </li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}
