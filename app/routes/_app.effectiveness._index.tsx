import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import {
  EvaluationBadge,
  LateBadge,
  OutcomeOfCriterion,
  useFigures,
  VerdictBadge,
} from "#app/components/evaluation-words.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { evaluationStateNames, evaluationStates, measureNames } from "#app/domain/effectiveness/criterion.ts";
import { evaluations } from "#app/domain/effectiveness/evaluation-view.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Effectiveness"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return {
    all: await evaluations(context.db, actor, context.now()),
    mayWrite: can(actor, "effectiveness.manage"),
  };
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>["all"][number];

export default function Evaluations() {
  const t = useT();
  const { all, mayWrite } = useLoaderData<typeof loader>();
  const create = mayWrite ? <ButtonLink to="/effectiveness/new">{t("New evaluation")}</ButtonLink> : null;
  return (
    <>
      <PageHeader
        title={t("Effectiveness of training")}
        lead={t(
          "Whether what was done to build competence worked (ISO/IEC 42001 7.2 c). A criterion is fixed before the data exist, the product computes the result on its day, and another person concludes from it.",
        )}
        actions={all.length > 0 ? create : null}
      />
      {all.length === 0 ? (
        <EmptyState title={t("Nothing is evaluated yet")} action={create}>
          {t(
            "An evaluation says beforehand what would count as success: a gain between pre-test and assessment, a share that passes, what is left after three months.",
          )}
        </EmptyState>
      ) : (
        <div className="space-y-10">
          {evaluationStates.map((state) => (
            <Section key={state} state={state} lines={all.filter((one) => one.state === state)} />
          ))}
        </div>
      )}
    </>
  );
}

function Section({ state, lines }: { state: Line["state"]; lines: Line[] }) {
  const t = useT();
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby={`state-${state}`}>
      <h2 id={`state-${state}`} className="mb-4 text-xl">
        {t(evaluationStateNames[state])}
      </h2>
      <ul className="grid gap-4 md:grid-cols-2">
        {lines.map((one) => (
          <Evaluation key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Evaluation({ one }: { one: Line }) {
  const t = useT();
  const { threshold } = useFigures();
  const { id, number, criterion, requirement, state, late, evaluator, outcome, verdict } = one;
  return (
    <Card as="li" className="relative flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <EvaluationBadge state={state} />
        {outcome ? <OutcomeOfCriterion outcome={outcome} /> : null}
        {verdict ? <VerdictBadge verdict={verdict} /> : null}
        {late ? <LateBadge /> : null}
      </div>
      <h3 className="text-base wrap-anywhere">
        <Link
          to={`/effectiveness/${id}`}
          className="hover:text-accent after:absolute after:inset-0 after:rounded-2xl"
        >
          {t("{{number}}. {{title}}", { number, title: criterion.title })}
        </Link>
      </h3>
      <p lang="en" className="text-muted text-sm">
        {requirement}
      </p>
      <p className="text-sm">
        {t("{{measure}}: {{threshold}}", {
          measure: t(measureNames[criterion.measure]),
          threshold: threshold(criterion),
        })}
      </p>
      <p className="text-muted mt-auto text-sm">
        <Rich
          text="<start/> to <end/>, evaluated by {{name}}"
          values={{ name: evaluator }}
          elements={{ start: <Day at={criterion.startsOn} />, end: <Day at={criterion.decisionOn} /> }}
        />
      </p>
    </Card>
  );
}
