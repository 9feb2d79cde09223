import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { evaluationFor } from "#app/domain/assistant/evaluation.server.ts";
import { type Part, parts } from "#app/domain/assistant/evaluation-report.ts";
import { figureNames } from "#app/domain/assistant/figure.ts";
import { actorOf } from "#app/http/session.server.ts";
import { About } from "./about.tsx";
import { FigureCard } from "./figure-card.tsx";
import { ModelTable } from "./model-table.tsx";
import { AttackTable, BreakdownTable, ConfusionTable } from "./tables.tsx";

export const meta: MetaFunction = () => [{ title: "Evaluation · Clause7" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const found = await evaluationFor(context.db, actor, context.evaluation);
  if (!found) return null;
  const wanted = new URL(request.url).searchParams.get("part");
  const part: Part = parts.find((one) => one === wanted) ?? "held";
  const { report, isOfOtherRules } = found;
  const { date, judgedOn, ruleSet, rules, model } = report;
  const models = model.map((one) => ({ name: one.name, about: one.about, figures: one[part].figures }));
  return { part, date, judgedOn, ruleSet, isOfOtherRules, measured: rules[part], models };
}

export type View = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>>;

export default function Evaluation() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Evaluation of the assistant"
        lead="How well the assistant judges questions whose right answer is known: labelled uses of AI, attacks and look-alikes, each judged by the product’s own rules. Every share stands with its 95 % Wilson interval."
      />
      {view ? (
        <Report {...view} />
      ) : (
        <EmptyState title="Nothing has been measured yet">
          Run <code>npm run eval -- --write</code> where the product is installed. The report is shown here
          from the next start on.
        </EmptyState>
      )}
    </>
  );
}

function Report({ part, measured, models, ...about }: View) {
  const { figures, by, confusion, attackSuccessByKind } = measured;
  return (
    <div className="space-y-10">
      <About {...about} part={part} />
      <Section id="figures" title="Figures without a model">
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {figureNames.map((name) => {
            const figure = figures[name];
            return figure ? <FigureCard key={name} name={name} figure={figure} /> : null;
          })}
        </ul>
      </Section>
      {models.length > 0 ? (
        <Section id="models" title="With a model" lead="A model may add a risk and never take one away.">
          <ul className="text-muted mb-4 list-disc pl-5 text-sm">
            {models.map(({ name, about }) => (
              <li key={name}>
                “{name}”: {about}
              </li>
            ))}
          </ul>
          <ModelTable rules={figures} models={models} />
        </Section>
      ) : null}
      <Section
        id="area"
        title="By area"
        lead="Uses that are prohibited or high-risk, by what the AI Act names."
      >
        <BreakdownTable kind="area" groups={by.area} />
      </Section>
      <Section id="language" title="By language">
        <BreakdownTable kind="language" groups={by.language} />
      </Section>
      <Section id="style" title="By wording">
        <BreakdownTable kind="style" groups={by.style} />
      </Section>
      <Section id="levels" title="Levels" lead="Number of cases; where both levels agree, the row is right.">
        <ConfusionTable confusion={confusion} />
      </Section>
      <Section id="attacks" title="Attacks">
        <AttackTable kinds={attackSuccessByKind} />
      </Section>
    </div>
  );
}

type Heading = { id: string; title: string; lead?: string; children: ReactNode };

function Section({ id, title, lead, children }: Heading) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-xl">
        {title}
      </h2>
      {lead ? <p className="text-muted mt-1 text-sm">{lead}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  );
}
