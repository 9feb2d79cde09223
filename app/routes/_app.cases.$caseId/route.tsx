import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { CaseBadge } from "#app/components/case-badge.tsx";
import { textOf, unsentForm } from "#app/components/form-text.ts";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { answerInformation } from "#app/domain/cases/case.server.ts";
import { type Refusal, refusalWords } from "#app/domain/cases/decision.ts";
import { decideCase, rateCase } from "#app/domain/cases/decision.server.ts";
import { caseFor } from "#app/domain/cases/queue.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { CaseFacts, Precedents } from "./case-facts.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { caseFields, decisionOf } from "./fields.ts";
import { Findings } from "./findings.tsx";
import { Outcome } from "./outcome.tsx";
import { ReplyForm } from "./reply-form.tsx";
import { Timeline } from "./timeline.tsx";
import { viewOf } from "./view.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => (data ? t("Case {{number}}", { number: data.number }) : t("Case")));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const file = found(await caseFor(context.db, actor, params["caseId"] ?? "", context.now()));
  const view = await viewOf(context.db, file, await languageOf(request));
  return { ...view, mayAct: can(actor, "action.open") };
}

/** A conflict is answered with what the case says now, beside the text that was sent. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const now = context.now();
  const caseId = params["caseId"] ?? "";
  found(await caseFor(db, actor, caseId, now));
  const form = await parseForm(request, caseFields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const result =
    sent.intent === "reply"
      ? await answerInformation(db, actor, { caseId, note: sent.note }, now)
      : sent.intent === "rate"
        ? await rateCase(db, actor, { caseId, ...sent }, now)
        : await decideCase(db, actor, { caseId, revision: sent.revision, decision: decisionOf(sent) }, now);
  const { ok, ...refusal } = found(result);
  if (!ok && "reason" in refusal) {
    const { reason } = refusal;
    const t = await translateFor(request);
    const message = t(refusalWords[reason]);
    const field = fieldOf[reason];
    return refused({ ...form.state, message, errors: field ? { [field]: message } : {} }, statusOf(reason));
  }
  throw redirect(`/cases/${caseId}`);
}

/** Refusals that belong to one field of the form. */
const fieldOf: Partial<Record<Refusal, string>> = { no_conditions: "conditions", second_needed: "secondId" };

function statusOf(reason: Refusal): 403 | 409 | 422 {
  if (reason === "stale" || reason === "decided" || reason === "not_waiting") return 409;
  return reason === "own_case" || reason === "own_system" ? 403 : 422;
}

export default function CasePage() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? unsentForm;
  const { deciding } = view;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/cases" className="underline underline-offset-4">
            {view.mine ? t("My cases") : t("Cases")}
          </Link>
        }
        title={t("Case {{number}}", { number: view.number })}
        lead={
          <span className="flex flex-wrap gap-2">
            <CaseBadge pace={view.pace} decision={view.outcome?.decision ?? null} />
            {view.riskClass === "minimal" ? null : <RiskBadge riskClass={view.riskClass} />}
            {view.automatic ? <Badge tone="accent">{t("Opened by policy")}</Badge> : null}
          </span>
        }
        actions={
          deciding?.ok ? <ButtonAnchor href="#decide">{t("Rate and decide")}</ButtonAnchor> : undefined
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-8">
          <Card as="section">
            <h2 className="text-xl">{t("Question")}</h2>
            <blockquote
              lang={view.language}
              className="mt-3 text-lg text-pretty whitespace-pre-line wrap-anywhere"
            >
              {view.title}
            </blockquote>
            {view.questionId ? (
              <p className="mt-3">
                <Link to={`/ask/${view.questionId}`} className="text-accent underline underline-offset-4">
                  {t("See the assistant’s answer")}
                </Link>
              </p>
            ) : null}
          </Card>
          <Outcome view={view} />
          {view.outcome && form.message ? (
            <Notice tone="bad" role="alert" title={form.message}>
              <p className="whitespace-pre-line wrap-anywhere">
                {t("Your text: {{text}}", { text: textOf(form, "note") })}
              </p>
            </Notice>
          ) : null}
          {view.mayReply ? <ReplyForm view={view} form={form} /> : null}
          <CaseFacts view={view} />
          <Findings view={view} />
          {deciding?.ok ? (
            <Card as="section" id="decide">
              <h2 className="mb-4 text-xl">{t("Rate and decide")}</h2>
              {deciding.scope ? null : (
                <div className="mb-4">
                  <Notice tone="warn">
                    {t("The rule that fired knows no exception: this use cannot be approved.")}
                  </Notice>
                </div>
              )}
              <DecisionForm
                revision={view.revision}
                rating={view.rating}
                scope={deciding.scope}
                seconds={deciding.seconds}
                form={form}
              />
            </Card>
          ) : null}
          {deciding && !deciding.ok ? (
            <Notice title={t("Not yours to decide")}>{t(refusalWords[deciding.reason])}</Notice>
          ) : null}
        </div>
        <aside className="space-y-8">
          <h2 className="sr-only">{t("About the case")}</h2>
          <dl className="space-y-4 text-sm">
            <Detail term={t("Asked by")}>
              {view.requester.name}
              <span className="text-muted block font-normal">
                {view.requester.title}, {view.requester.department}
              </span>
            </Detail>
            <Detail term={t("Asked")}>
              <Moment at={view.openedAt} />
            </Detail>
            {view.status === "open" ? (
              <Detail term={t("To be decided by")}>
                <Moment at={view.dueAt} />
              </Detail>
            ) : null}
            <Detail term={t("Judged by the rules of")}>
              <Day at={view.judgedOn} />
            </Detail>
          </dl>
          {view.mayAct ? (
            <p>
              <ButtonLink
                look="secondary"
                to={`/actions/new?${new URLSearchParams({
                  source: "case",
                  ref: t("Case {{number}}", { number: view.number }),
                  gap: view.title,
                })}`}
              >
                {t("Open a corrective action")}
              </ButtonLink>
            </p>
          ) : null}
          <Precedents view={view} />
          <Timeline view={view} />
        </aside>
      </div>
    </>
  );
}
