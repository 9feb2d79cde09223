import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { assignRequirements } from "#app/domain/competence/assignment.server.ts";
import type { Requirement } from "#app/domain/competence/requirement.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { lessonFor } from "#app/domain/competence/lesson.server.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { acknowledgePolicies, takeStep } from "#app/domain/competence/study.server.ts";
import type { Item } from "#app/domain/content/item.ts";
import { learningModule, type Module } from "#app/domain/content/module.ts";
import type { Policy } from "#app/domain/content/policy.ts";
import type { WrittenCheck } from "#app/domain/content/policy-check.ts";
import { publishContent } from "#app/domain/content/publish.server.ts";
import { attemptFor, type AttemptView, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";

const tags = { level: "apply", riskDomain: 2, difficulty: 0.7 } as const;

/** One item of every type, ids by type and `suffix`; `objective` o1 unless told otherwise. */
export function itemsOfEveryType(suffix: string, objective = "o1"): Item[] {
  const options = [
    { id: "a", text: "Ask the customer first", correct: true, feedback: "Yes." },
    { id: "b", text: "Paste it anyway", correct: false, feedback: "No." },
    { id: "c", text: "Use a private account", correct: false, feedback: "Never." },
  ];
  const common = (type: string) => ({
    id: `${type}-${suffix}`,
    objective,
    ...tags,
    clause: "ai-policy#1.1",
    stem: `What now (${type} ${suffix})?`,
  });
  return [
    { ...common("single"), type: "single_choice", options },
    {
      ...common("multiple"),
      type: "multiple_response",
      options: [...options, { id: "d", text: "Tell your manager", correct: true, feedback: "Yes." }],
    },
    { ...common("truth"), type: "true_false", answer: false, feedback: { true: "No.", false: "Right." } },
    {
      ...common("order"),
      type: "ordering",
      elements: ["a", "b", "c"].map((id, i) => ({ id, text: `Step ${i + 1}` })),
      feedback: "Stop first.",
    },
    {
      ...common("match"),
      type: "matching",
      pairs: ["a", "b", "c"].map((id, i) => ({ id, left: `Left ${i + 1}`, right: `Right ${i + 1}` })),
      feedback: "Each has its own.",
    },
    {
      ...common("scene"),
      type: "scenario",
      steps: ["s1", "s2"].map((id) => ({ id, stem: `And then (${id})?`, options })),
    },
  ];
}

/** An item of each type that stands in item banks beside those of {@link itemsOfEveryType}. */
export function openItems(suffix: string, objective = "o1"): Item[] {
  const common = (type: string) => ({
    id: `${type}-${suffix}`,
    objective,
    ...tags,
    stem: `What now (${type} ${suffix})?`,
  });
  return [
    {
      ...common("short"),
      type: "short_answer",
      accepted: ["data minimisation", "minimi* the data"],
      feedback: "That is the term.",
      wrong: "It is data minimisation.",
    },
    {
      ...common("markup"),
      type: "mark_up",
      passages: [
        { id: "p1", text: "Dear colleague,", correct: false, feedback: "No data." },
        { id: "p2", text: "Ms Berg, born on 3 May,", correct: true, feedback: "A person." },
        { id: "p3", text: "asks about the probe.", correct: false, feedback: "Harmless." },
        { id: "p4", text: "Her IBAN is attached.", correct: true, feedback: "An account." },
      ],
    },
    {
      ...common("branching"),
      type: "branching",
      start: "n1",
      nodes: [
        {
          id: "n1",
          stem: "A list of names lies before you.",
          options: [
            { id: "a", text: "Ask who sent it", consequence: "She tells you.", next: "n2" },
            { id: "b", text: "Paste it", consequence: "It is gone.", score: 0 },
          ],
        },
        {
          id: "n2",
          stem: "She wants a summary.",
          options: [
            { id: "a", text: "Leave the names out", consequence: "It works.", score: 1 },
            { id: "b", text: "Keep the names in", consequence: "She is content.", score: 0.5 },
          ],
        },
      ],
      debrief: "Names were not needed.",
    },
  ];
}

/** A module of two short lessons and two items of every type, all of which an attempt asks. */
export function aModule(overrides: Partial<Module> = {}): Module {
  const [question] = itemsOfEveryType("lesson");
  return learningModule.parse({
    slug: "ai-awareness",
    title: "AI awareness",
    summary: "What everybody must know.",
    version: "1.0.0",
    language: "en",
    minutes: 10,
    objectives: [{ id: "o1", text: "Say what AI is" }],
    crosswalk: ["ISO/IEC 42001:2023 7.2"],
    acknowledges: ["ai-policy"],
    change: "material",
    changeNote: "First version.",
    approver: "p-ravi",
    assessment: {
      passMark: 0.8,
      attempts: 2,
      coolDownHours: 24,
      minutes: 30,
      blueprint: [{ objective: "o1", items: 12 }],
    },
    lessons: [
      {
        id: "first",
        title: "The first lesson",
        minutes: 3,
        objectives: ["o1"],
        parts: [
          { kind: "text", html: "<p>Read me.</p>" },
          { kind: "question", item: question },
          { kind: "tomorrow", text: "Look at your tools." },
        ],
      },
      {
        id: "second",
        title: "The second lesson",
        minutes: 3,
        objectives: ["o1"],
        parts: [{ kind: "text", html: "<p>Read me too.</p>" }],
      },
    ],
    items: [...itemsOfEveryType("one"), ...itemsOfEveryType("two")],
    ...overrides,
  });
}

export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    slug: "ai-policy",
    title: "AI policy",
    version: "1.0",
    language: "en",
    effectiveFrom: "2026-01-01",
    owner: "p-ravi",
    approver: "p-helena",
    reviewOn: "2027-01-01",
    change: "material",
    changeNote: "First version.",
    body: "### 1.1 Purpose\n\nWe use AI with care.",
    clauses: [{ number: "1.1", heading: "Purpose", text: "We use AI with care." }],
    ...overrides,
  };
}

/** The check of {@link aPolicy}: two items, whose right choice reads "Ask". */
export function aCheck(overrides: Partial<WrittenCheck> = {}): WrittenCheck {
  const options = [
    { id: "a", text: "Paste", correct: false, feedback: "No." },
    { id: "b", text: "Ask", correct: true, feedback: "Yes." },
    { id: "c", text: "Wait", correct: false, feedback: "No." },
  ];
  const items = ["one", "two"].map((id) => ({ id, clause: "1.1", stem: `What now (${id})?`, options }));
  return { slug: "ai-policy", version: "1.0", body: { items, translations: [] }, ...overrides };
}

/** Answers to {@link aCheck} as shown, all right or all wrong. */
export function checkAnswers(
  items: readonly { id: string; options: readonly { id: string; text: string }[] }[],
  right: boolean,
): Record<string, string> {
  const chosen = right ? "Ask" : "Paste";
  return Object.fromEntries(
    items.map((item) => [item.id, item.options.find((option) => option.text === chosen)?.id ?? ""]),
  );
}

export const aRequirement: Requirement = {
  slug: "ai-awareness-yearly",
  title: "AI awareness, every year",
  module: "ai-awareness",
  audiences: ["all-staff"],
  validMonths: 12,
  windowDays: 60,
  dueDays: 30,
  graceDays: 14,
  effectiveFrom: "2026-01-01",
  basis: ["ISO/IEC 42001:2023 7.2 a)"],
};

/** Publishes the module, its policy and the requirement, and assigns it to everybody stored so far. */
export async function aCourse(tx: Db, now: Date, module: Module = aModule()): Promise<void> {
  await publishContent(tx, { modules: [module], policies: [aPolicy()] }, now);
  await publishRequirements(tx, [aRequirement], now);
  await assignRequirements(tx, system, {}, now);
}

/** Takes every step of every lesson through the front door. */
export async function takeAllLessons(db: Db, actor: Actor, module: Module, now: Date): Promise<void> {
  for (const lesson of module.lessons) {
    for (const [part, { kind }] of lesson.parts.entries()) {
      const view = await lessonFor(db, actor, aRequirement.slug, lesson.id);
      const shown = view?.parts[part];
      const given = kind === "question" && shown?.kind === "question" ? anyAnswer(shown.item) : null;
      const step = { requirement: aRequirement.slug, lesson: lesson.id, part, given };
      const taken = await takeStep(db, actor, step, now);
      if (!taken?.ok) throw new Error(`step ${lesson.id}/${part} was refused`);
    }
  }
}

/** A readable answer, right or wrong. */
export function anyAnswer(item: PresentedItem): GivenResponse {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return item.options.slice(0, 1).map((o) => o.id);
    case "true_false":
      return ["true"];
    case "ordering":
      return item.elements.map((e) => e.id);
    case "matching":
      return Object.fromEntries(item.left.map((l, i) => [l.id, item.right[i]?.id ?? ""]));
    case "scenario":
      return Object.fromEntries(item.steps.map((s) => [s.id, s.options[0]?.id ?? ""]));
    case "short_answer":
      return "something";
    case "mark_up":
      return item.passages.slice(0, 1).map((p) => p.id);
    case "branching":
      return Object.fromEntries(item.steps.map((s) => [s.id, s.chosen?.id ?? s.options[0]?.id ?? ""]));
  }
}

/** The right answer, found as a person would who knows the key: by the texts. */
export function rightAnswer(module: Module, shown: AttemptView["items"][number]): GivenResponse {
  return answerByText(
    module.items.find((item) => item.stem === shown.item.stem && item.type === shown.item.type),
    shown.item,
  );
}

function answerByText(item: Item | undefined, shown: PresentedItem): GivenResponse {
  const idOf = (list: readonly { id: string; text: string }[], text: string): string =>
    list.find((one) => one.text === text)?.id ?? "";
  if (item?.type === "true_false") return [String(item.answer)];
  if (
    (item?.type === "single_choice" || item?.type === "multiple_response") &&
    (shown.type === "single_choice" || shown.type === "multiple_response")
  )
    return item.options.filter((o) => o.correct).map((o) => idOf(shown.options, o.text));
  if (item?.type === "ordering" && shown.type === "ordering")
    return item.elements.map((e) => idOf(shown.elements, e.text));
  if (item?.type === "matching" && shown.type === "matching")
    return Object.fromEntries(item.pairs.map((p) => [idOf(shown.left, p.left), idOf(shown.right, p.right)]));
  if (item?.type === "scenario" && shown.type === "scenario")
    return Object.fromEntries(
      item.steps.map((step) => [
        step.id,
        idOf(
          shown.steps.find((s) => s.id === step.id)?.options ?? [],
          step.options.find((o) => o.correct)?.text ?? "",
        ),
      ]),
    );
  throw new Error(`no item for ${shown.stem}`);
}

/** A module version that no other test knows, for tests that share a database. */
export function aModuleApart(): Module {
  return aModule({ slug: `module-${randomUUID().slice(0, 8)}` });
}

/** Reads all lessons, acknowledges the policy and sits the assessment with that share of right answers; the attempt's id. */
export async function sitAssessment(
  db: Db,
  actor: Actor,
  module: Module,
  share: number,
  now: Date,
): Promise<string> {
  const requirement = aRequirement.slug;
  await takeAllLessons(db, actor, module, now);
  await acknowledgePolicies(db, actor, { requirement, policies: [...module.acknowledges] }, now);
  const started = await startAssessment(db, actor, { requirement, seed: 7 }, now);
  if (!started?.ok) throw new Error(`not started: ${JSON.stringify(started)}`);
  const { attemptId } = started;
  const items = (await attemptFor(db, actor, attemptId, now))?.items ?? [];
  for (const shown of items.slice(0, Math.round(items.length * share))) {
    const { position, revision } = shown;
    await saveAnswer(db, actor, { attemptId, position, revision, given: rightAnswer(module, shown) }, now);
  }
  await submitAssessment(db, actor, { attemptId }, now);
  return attemptId;
}
