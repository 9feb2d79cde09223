import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { evaluationFor } from "#app/domain/assistant/evaluation.server.ts";
import { type Part, parts } from "#app/domain/assistant/evaluation-report.ts";
import { figureNames } from "#app/domain/assistant/figure.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { About } from "./about.tsx";
import { FigureCard } from "./figure-card.tsx";
import { ModelTable } from "./model-table.tsx";
import { AttackTable, BreakdownTable, ConfusionTable } from "./tables.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Evaluation"));

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
  const t = useT();
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Evaluation of the assistant")}
        lead={t(
          "How well the assistant judges questions whose right answer is known: labelled uses of AI, attacks and look-alikes, each judged by the product’s own rules. Every share stands with its 95 % Wilson interval.",
        )}
      />
      {view ? (
        <Report {...view} />
      ) : (
        <EmptyState title={t("Nothing has been measured yet")}>
          <Rich
            text="Run <command/> where the product is installed. The report is shown here from the next start on."
            elements={{ command: <code>{"npm run eval -- --write"}</code> }}
          />
        </EmptyState>
      )}
    </>
  );
}

function Report({ part, measured, models, ...about }: View) {
  const t = useT();
  const { figures, by, confusion, attackSuccessByKind } = measured;
  return (
    <div className="space-y-10">
      <About {...about} part={part} />
      <Section id="figures" title={t("Figures without a model")}>
        <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {figureNames.map((name) => {
            const figure = figures[name];
            return figure ? <FigureCard key={name} name={name} figure={figure} /> : null;
          })}
        </ul>
      </Section>
      {models.length > 0 ? (
        <Section
          id="models"
          title={t("With a model")}
          lead={t("A model may add a risk and never take one away.")}
        >
          <ul className="text-muted mb-4 list-disc pl-5 text-sm">
            {models.map(({ name, about }) => (
              <li key={name}>
                <Rich
                  text="“<name/>”: <about/>"
                  elements={{ name: <span lang="en">{name}</span>, about: <span lang="en">{about}</span> }}
                />
              </li>
            ))}
          </ul>
          <ModelTable rules={figures} models={models} />
        </Section>
      ) : null}
      <Section
        id="area"
        title={t("By area")}
        lead={t("Uses that are prohibited or high-risk, by what the AI Act names.")}
      >
        <BreakdownTable kind="area" groups={by.area} />
      </Section>
      <Section id="language" title={t("By language")}>
        <BreakdownTable kind="language" groups={by.language} />
      </Section>
      <Section id="style" title={t("By wording")}>
        <BreakdownTable kind="style" groups={by.style} />
      </Section>
      <Section
        id="levels"
        title={t("Levels")}
        lead={t("Number of cases; where both levels agree, the row is right.")}
      >
        <ConfusionTable confusion={confusion} />
      </Section>
      <Section id="attacks" title={t("Attacks")}>
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
