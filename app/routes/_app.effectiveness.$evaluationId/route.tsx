import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import {
  EvaluationBadge,
  LateBadge,
  OutcomeOfCriterion,
  VerdictBadge,
} from "#app/components/evaluation-words.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { followUpClose, followUpRefusals } from "#app/domain/effectiveness/follow-up.ts";
import { closeFollowUp, followUpOf } from "#app/domain/effectiveness/follow-up.server.ts";
import { lockRefusals } from "#app/domain/effectiveness/criterion.ts";
import { possibleOwners } from "#app/domain/effectiveness/criterion-choices.server.ts";
import { lockCriterion } from "#app/domain/effectiveness/evaluation.server.ts";
import { conclude } from "#app/domain/effectiveness/evaluation-result.server.ts";
import { evaluationFile } from "#app/domain/effectiveness/evaluation-view.server.ts";
import { concludeRefusals, conclusion, fieldOfConclusion } from "#app/domain/effectiveness/verdict.ts";
import { can } from "#app/domain/people/permission.ts";
import { formOf, parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { CriterionCard } from "./criterion-card.tsx";
import { Flow } from "./flow.tsx";
import { Groups, Items } from "./groups.tsx";
import { Outcome } from "./outcome.tsx";
import { Timeline } from "./timeline.tsx";
import { VerdictCard } from "./verdict-card.tsx";
import { VerdictForm } from "./verdict-form.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => t("Evaluation {{number}}", { number: data?.number ?? "" }));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const file = found(await evaluationFile(context.db, actor, idOf(params, "evaluationId"), now));
  const mayConclude = file.concluding === true;
  return {
    ...file,
    isManager: can(actor, "effectiveness.manage"),
    followUp: file.verdict
      ? await followUpOf(context.db, actor, {
          id: file.id,
          number: file.number,
          requirement: file.criterion.requirement,
          followUp: file.verdict.followUp,
          ownerId: file.verdict.followUpOwnerId,
        })
      : null,
    owners: mayConclude ? await possibleOwners(context.db, now) : [],
  };
}

export type File = ReturnType<typeof useLoaderData<typeof loader>>;

/** Fixes a draft, takes a verdict, or closes what followed from it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "evaluationId");
  const t = await translateFor(request);
  const intent = (await formOf(request.clone())).get("intent");
  if (intent === "lock") {
    const locked = found(await lockCriterion(context.db, actor, id, context.now()));
    if (!locked.ok) return refused({ message: t(lockRefusals[locked.reason]) }, 409);
    return redirect(`/effectiveness/${id}`);
  }
  if (intent === "close") {
    const form = await parseForm(request, followUpClose);
    if (!form.ok) return form.response;
    const closed = found(
      await closeFollowUp(context.db, actor, { id, note: form.value.note }, context.now()),
    );
    if (closed.ok) return redirect(`/effectiveness/${id}`);
    return refused({ ...form.state, message: t(followUpRefusals[closed.reason]) }, 409);
  }
  const form = await parseForm(request, conclusion);
  if (!form.ok) return form.response;
  const done = found(await conclude(context.db, actor, { id, conclusion: form.value }, context.now()));
  if (done.ok) return redirect(`/effectiveness/${id}`);
  const message = t(concludeRefusals[done.reason]);
  const field = fieldOfConclusion[done.reason];
  return refused(field ? { ...form.state, errors: { [field]: message } } : { ...form.state, message }, 422);
}

export default function Evaluation() {
  const t = useT();
  const file = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const form = sent && "values" in sent ? sent : { errors: {}, values: {} };
  const { id, number, criterion, state, late, result, verdict, mayWrite, concluding } = file;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/effectiveness" className="underline underline-offset-4">
            {t("Effectiveness of training")}
          </Link>
        }
        title={t("{{number}}. {{title}}", { number, title: criterion.title })}
        lead={
          <span className="flex flex-wrap gap-2">
            <EvaluationBadge state={state} />
            {result ? <OutcomeOfCriterion outcome={result.body.outcome} /> : null}
            {verdict ? <VerdictBadge verdict={verdict.verdict} /> : null}
            {late ? <LateBadge /> : null}
          </span>
        }
        actions={
          mayWrite ? (
            <>
              {state === "draft" ? (
                <Form method="post">
                  <Button name="intent" value="lock">
                    {t("Fix the criterion")}
                  </Button>
                </Form>
              ) : null}
              <ButtonLink to={`/effectiveness/${id}/edit`} look="secondary">
                {t("Change the criterion")}
              </ButtonLink>
            </>
          ) : null
        }
      />
      {sent && "message" in sent && sent.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {sent.message}
          </Notice>
        </div>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-6">
          <Outcome />
          <Flow />
          <Groups />
          <Items />
          <VerdictCard sent={form} />
          {concluding === true ? (
            <VerdictForm sent={form} />
          ) : concluding === "author" || concluding === "evaluator" ? (
            <Notice tone="info">{t(concludeRefusals[concluding])}</Notice>
          ) : null}
        </div>
        <div className="min-w-0 space-y-6">
          <CriterionCard />
          <Card as="section">
            <h2 className="mb-3 text-lg">{t("What happened")}</h2>
            <Timeline />
          </Card>
        </div>
      </div>
    </>
  );
}
