import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ConcernBadge } from "#app/components/concern-badge.tsx";
import { ConcernHistory } from "#app/components/concern-history.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { concernKindNames, concernRefusalWords } from "#app/domain/assistant/concern.ts";
import { acknowledgeConcern, answerConcern, closeConcern } from "#app/domain/assistant/concern.server.ts";
import { concernFor } from "#app/domain/assistant/concern-queue.server.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { HandleForm, longestNote } from "./handle-form.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => (data ? t("Report {{number}}", { number: data.about.number }) : t("Report")));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const file = found(await concernFor(context.db, actor, idOf(params, "concernId")));
  return { ...file, sent: file.mine && new URL(request.url).searchParams.has("sent") };
}

/** A conflict is answered with what the report says now, beside the text that was sent. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

const note = (words: string) =>
  z.string().trim().min(1, words).max(longestNote, msg("Write at most 4000 characters."));
const fields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("acknowledge") }),
    z.object({ intent: z.literal("answer"), note: note(msg("Write your answer: the reporter reads it.")) }),
    z.object({
      intent: z.literal("close"),
      note: note(msg("Write what has changed: the reporter reads it.")),
    }),
  ],
  msg("Choose what you want to do."),
);

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const concernId = idOf(params, "concernId");
  const { db } = context;
  found(await concernFor(db, actor, concernId));
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const now = context.now();
  const result = found(
    sent.intent === "acknowledge"
      ? await acknowledgeConcern(db, actor, { concernId }, now)
      : sent.intent === "answer"
        ? await answerConcern(db, actor, { concernId, note: sent.note }, now)
        : await closeConcern(db, actor, { concernId, note: sent.note }, now),
  );
  if (!result.ok) {
    const t = await translateFor(request);
    const message = t(concernRefusalWords[result.reason]);
    return refused({ ...form.state, message }, result.reason === "own_report" ? 403 : 409);
  }
  throw redirect(`/concerns/${concernId}`);
}

export default function ConcernPage() {
  const t = useT();
  const { about, reporter, history, mine, handling, sent } = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const { note: text } = form.values;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to={mine ? "/concerns?view=mine" : "/concerns"} className="underline underline-offset-4">
            {mine ? t("My concerns") : t("Concerns")}
          </Link>
        }
        title={t("Report {{number}}", { number: about.number })}
        lead={
          <span className="flex flex-wrap gap-2">
            <ConcernBadge status={about.status} acknowledged={history.length > 0} />
            <Badge>{t(concernKindNames[about.kind])}</Badge>
          </span>
        }
      />
      <div className="max-w-3xl space-y-8">
        {sent ? (
          <Notice
            tone="good"
            role="status"
            title={t("Thank you. Your report is number {{number}}", { number: about.number })}
          >
            {t(
              "A reviewer confirms receipt within one working day. You find the answer here and under Concerns.",
            )}{" "}
            <Link to="/policies/ai-incident-procedure#c-2.3" className="underline underline-offset-4">
              {t("What to do now")}
            </Link>
          </Notice>
        ) : null}
        <Card as="section">
          <h2 className="text-xl">{t("What happened")}</h2>
          <p className="mt-3 text-pretty whitespace-pre-line wrap-anywhere">{about.text}</p>
          <dl className="mt-6 grid gap-4 text-sm sm:grid-cols-2">
            <Detail term={t("Reported by")}>
              {reporter ? (
                <>
                  {reporter.name}
                  <span className="text-muted block font-normal">
                    {reporter.title}, {reporter.department}
                  </span>
                </>
              ) : (
                t("Somebody who sent it without a name")
              )}
            </Detail>
            <Detail term={t("Reported")}>
              <Moment at={about.at.toISOString()} />
            </Detail>
          </dl>
        </Card>
        <section aria-labelledby="history">
          <h2 id="history" className="mb-3 text-xl">
            {t("History")}
          </h2>
          <ConcernHistory
            reportedAt={about.at.toISOString()}
            history={history.map((step) => ({ ...step, at: step.at.toISOString() }))}
          />
        </section>
        {form.message && !handling?.ok ? (
          <Notice tone="bad" role="alert" title={form.message}>
            {text ? (
              <p className="whitespace-pre-line wrap-anywhere">{t("Your text: {{text}}", { text })}</p>
            ) : null}
          </Notice>
        ) : null}
        {handling?.ok ? (
          <HandleForm
            key={history.length}
            mayAcknowledge={handling.mayAcknowledge}
            named={reporter !== null}
            form={form}
          />
        ) : null}
        {handling && !handling.ok && !form.message ? (
          <Notice>{t(concernRefusalWords[handling.reason])}</Notice>
        ) : null}
      </div>
    </>
  );
}
