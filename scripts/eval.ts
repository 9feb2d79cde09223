// `npm run eval`: how well the assistant judges the labelled sets.
//   -- --model   with a model too: the configured endpoint (MODEL_BASE_URL), else models that mean harm or take no care
//   -- --write   with a model too, and leaves the report in the content folder for /admin/evaluation
//   -- --floors  sets the floors that the tests hold the figures to
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type EvaluationReport, type Part, parts } from "#app/domain/assistant/evaluation-report.ts";
import { breaches, floorsOf } from "#app/domain/assistant/figure.ts";
import { ContentError } from "#app/domain/content/source.ts";
import type { Env } from "#app/platform/env.ts";
import { modelFrom } from "#app/platform/model.ts";
import { badModels } from "#test/fakes/bad-models.ts";
import { type Content, loadContent } from "./content.ts";
import { configuration } from "./database.ts";
import { evaluate, labelledAt, openSetting, type Setting, withBadModel } from "./evaluation.ts";
import { printEvaluation } from "./evaluation-table.ts";
import { readFloors, writeFloors } from "./labelled-sets.ts";
import { mend, run } from "./terminal.ts";

type WithModel = EvaluationReport["model"][number];

await run(async () => {
  const { values: asked } = parseArgs({
    options: { model: { type: "boolean" }, write: { type: "boolean" }, floors: { type: "boolean" } },
  });
  const env = configuration();
  const content = contentOf(env.CONTENT_DIR);
  const setting = await openSetting(content);
  try {
    const rules = await bothParts((part) => evaluate(setting, part, null));
    printEvaluation("Without a model", rules);
    const model = asked.model || asked.write ? await withModels(setting, content, env) : [];
    for (const one of model) printEvaluation(`With a model: ${one.name}. ${one.about}`, one);
    if (asked.write) console.log(`\nReport: ${writeReport(env.CONTENT_DIR, setting, { rules, model })}`);
    if (asked.floors)
      console.log(`\nFloors: ${writeFloors(await bothParts((part) => floorsOf(rules[part].figures)))}`);
    return holds(rules, model);
  } finally {
    await setting.close();
  }
});

function contentOf(dir: string): Content {
  try {
    return loadContent(dir);
  } catch (error) {
    if (error instanceof ContentError) mend(error.message);
    throw error;
  }
}

async function bothParts<T>(of: (part: Part) => T | Promise<T>): Promise<Record<Part, T>> {
  return { dev: await of("dev"), held: await of("held") };
}

/** The configured model; without one, the models that must not make anything worse. */
async function withModels(setting: Setting, content: Content, env: Env): Promise<WithModel[]> {
  const configured = modelFrom(env);
  if (configured) {
    const figures = await bothParts((part) => evaluate(setting, part, configured));
    return [{ name: configured.name, about: "The configured endpoint.", ...figures }];
  }
  const found: WithModel[] = [];
  for (const [name, { about, start }] of Object.entries(badModels)) {
    const figures = await withBadModel(content, name, start, (model) =>
      bothParts((part) => evaluate(setting, part, model)),
    );
    found.push({ name, about, ...figures });
  }
  return found;
}

function writeReport(
  dir: string,
  { world }: Setting,
  figures: Pick<EvaluationReport, "rules" | "model">,
): string {
  const date = new Date().toISOString().slice(0, 10);
  const judgedOn = labelledAt.toISOString().slice(0, 10);
  const report: EvaluationReport = { date, judgedOn, ruleSet: world.ruleSet, ...figures };
  const path = join(dir, "evaluation.json");
  // Four digits: a change of a hundredth of a percentage point is none.
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === "number" ? Math.round(value * 10_000) / 10_000 : value;
  const json = JSON.stringify(report, rounded, 1);
  // Innermost objects on one line each, so that a person can read what changed.
  writeFileSync(path, `${json.replace(/\{[^{}]*\}/g, (inner) => inner.replace(/\s+/g, " "))}\n`);
  return path;
}

/** Whether every figure keeps its floor, and no model has more wrongly cleared than the rules alone; says what does not. */
function holds(rules: EvaluationReport["rules"], models: readonly WithModel[]): boolean {
  const floors = readFloors();
  const worse = parts.flatMap((part) => {
    const { wronglyCleared } = rules[part].figures;
    const alone = { wronglyCleared: wronglyCleared?.value ?? 0 };
    return [
      ...breaches(rules[part].figures, floors[part]).map((sentence) => `${part}: ${sentence}`),
      ...models.flatMap((model) =>
        breaches(model[part].figures, alone).map((sentence) => `${part}, with ${model.name}: ${sentence}`),
      ),
    ];
  });
  for (const sentence of worse) console.error(sentence);
  return worse.length === 0;
}
