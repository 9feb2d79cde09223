import { z } from "zod";
import { notWritten } from "./gap.ts";

/** Cognitive levels after Anderson & Krathwohl (2001). */
export const cognitiveLevels = ["remember", "understand", "apply", "analyse", "evaluate"] as const;

/** The seven domains of the MIT AI Risk Repository, by number. */
export const riskDomains: Record<number, string> = {
  1: "Discrimination and toxicity",
  2: "Privacy and security",
  3: "Misinformation",
  4: "Malicious actors",
  5: "Human-computer interaction",
  6: "Socioeconomic and environmental harms",
  7: "AI system safety, failures and limitations",
};

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1, notWritten);
export const clauseRef = z
  .string()
  .regex(/^[a-z0-9-]+#\d+(\.\d+)*$/, "write policy-slug#clause, such as acceptable-use-policy#3.3");

const option = z.strictObject({ id, text, correct: z.boolean().default(false), feedback: text });

const common = {
  id,
  objective: id,
  level: z.enum(cognitiveLevels),
  riskDomain: z.number().int().min(1).max(7),
  clause: clauseRef.optional(),
  /** Estimated share of learners who answer correctly at first. */
  difficulty: z.number().min(0).max(1).default(0.7),
  /** Whom it suits, where that is fewer people than those of its module. */
  audiences: z.array(id).min(1).optional(),
  stem: text,
};

const singleOptions = z
  .array(option)
  .min(2)
  .refine((o) => o.filter((x) => x.correct).length === 1, "exactly one option must be correct")
  .refine(distinctIds, "option ids must differ");

const branchNode = z.strictObject({
  id,
  stem: text,
  options: z
    .array(
      z.strictObject({
        id,
        text,
        /** What happens then, told as a story. */
        consequence: text,
        /** The node it leads to; an option without one ends the scenario with its score, 0..1. */
        next: id.optional(),
        score: z.number().min(0).max(1).optional(),
      }),
    )
    .min(2)
    .refine(distinctIds, "option ids must differ"),
});

const anyItem = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("single_choice"), options: singleOptions }),
  z.strictObject({
    ...common,
    type: z.literal("multiple_response"),
    options: z
      .array(option)
      .min(3)
      .refine(
        (o) => o.some((x) => x.correct) && o.some((x) => !x.correct),
        "needs a correct and a wrong option",
      )
      .refine(distinctIds, "option ids must differ"),
  }),
  z.strictObject({
    ...common,
    type: z.literal("true_false"),
    answer: z.boolean(),
    feedback: z.strictObject({ true: text, false: text }),
  }),
  z.strictObject({
    ...common,
    type: z.literal("ordering"),
    elements: z.array(z.strictObject({ id, text })).min(3).refine(distinctIds, "element ids must differ"),
    feedback: text,
  }),
  z.strictObject({
    ...common,
    type: z.literal("matching"),
    pairs: z
      .array(z.strictObject({ id, left: text, right: text }))
      .min(3)
      .refine(distinctIds, "pair ids must differ")
      .refine((p) => new Set(p.map((x) => x.right)).size === p.length, "the right-hand sides must differ"),
    feedback: text,
  }),
  z.strictObject({
    ...common,
    type: z.literal("scenario"),
    steps: z
      .array(z.strictObject({ id, stem: text, options: singleOptions }))
      .min(2)
      .refine(distinctIds, "step ids must differ"),
  }),
  z.strictObject({
    ...common,
    type: z.literal("short_answer"),
    /** Answers that count, in every spelling that differs by more than case, accents and punctuation; `*` stands for any letters. */
    accepted: z
      .array(text)
      .min(1)
      .max(20)
      .refine((a) => a.some((one) => !one.includes("*")), "spell out at least one answer without *"),
    feedback: text,
    wrong: text,
  }),
  z.strictObject({
    ...common,
    type: z.literal("mark_up"),
    /** A document in passages, in its order; `correct` are those to mark. */
    passages: z
      .array(option)
      .min(3)
      .refine(
        (o) => o.some((x) => x.correct) && o.some((x) => !x.correct),
        "needs a passage to mark and one to leave",
      )
      .refine(distinctIds, "passage ids must differ"),
  }),
  z.strictObject({
    ...common,
    type: z.literal("branching"),
    start: id,
    nodes: z.array(branchNode).min(2).refine(distinctIds, "node ids must differ"),
    debrief: text,
  }),
]);

/** An assessment item as authored, key included. Never leaves the server before an attempt is submitted. */
export const item = anyItem.superRefine((one, ctx) => {
  if (one.type !== "branching") return;
  const fault = branchFault(one);
  if (fault) ctx.addIssue({ code: "custom", path: fault.path, message: fault.message });
});
export type Item = z.infer<typeof item>;
export type Branching = Extract<Item, { type: "branching" }>;
export type BranchNode = z.infer<typeof branchNode>;

export const longestShortAnswer = 200;

/**
 * What a learner answers. Ids: chosen options or passages; `true`/`false`; elements in order; for matching, scenario and
 * branching, pair, step or node id → chosen pair (whose right side) or option id. A short answer is its text.
 */
export const response = z.union([
  z.array(id).max(20),
  z.record(id, id),
  z.string().min(1).max(longestShortAnswer),
]);
export type Response = z.infer<typeof response>;

/** Why a branching scenario cannot be played: a way that leads nowhere, in a circle, or to no end worth reaching. */
function branchFault(item: {
  start: string;
  nodes: readonly BranchNode[];
}): { path: (string | number)[]; message: string } | null {
  const at = (nodeId: string): number => item.nodes.findIndex((node) => node.id === nodeId);
  if (at(item.start) < 0) return { path: ["start"], message: `no node ${item.start}` };
  for (const [n, node] of item.nodes.entries())
    for (const [o, option] of node.options.entries()) {
      const path = ["nodes", n, "options", o];
      if ((option.next === undefined) === (option.score === undefined))
        return { path, message: "an option either leads to a next node or ends with a score" };
      if (option.next !== undefined && at(option.next) < 0)
        return { path: [...path, "next"], message: `no node ${option.next}` };
    }
  const reached = new Set<string>();
  const circle = visit(item.start, []);
  if (circle) return { path: ["nodes", at(circle)], message: `the way through ${circle} runs in a circle` };
  const lost = item.nodes.findIndex((node) => !reached.has(node.id));
  if (lost >= 0) return { path: ["nodes", lost], message: "no option leads to this node" };
  const ends = item.nodes.flatMap((node) => node.options.flatMap((option) => option.score ?? []));
  if (!ends.includes(1) || !ends.includes(0))
    return { path: ["nodes"], message: "needs an end with score 1 and one with score 0" };
  return null;

  function visit(nodeId: string, way: readonly string[]): string | null {
    if (way.includes(nodeId)) return nodeId;
    reached.add(nodeId);
    for (const option of item.nodes[at(nodeId)]?.options ?? []) {
      const found = option.next === undefined ? null : visit(option.next, [...way, nodeId]);
      if (found) return found;
    }
    return null;
  }
}

function distinctIds(list: { id: string }[]): boolean {
  return new Set(list.map((x) => x.id)).size === list.length;
}
