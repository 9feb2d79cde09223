import type { Branching, BranchNode } from "./item.ts";

type Option = BranchNode["options"][number];

/** A way through a branching scenario: the nodes met in their order, each with what was chosen there. */
export type BranchPath = {
  steps: { node: BranchNode; chosen: Option | null }[];
  /** Whether the last choice ended the scenario. */
  ended: boolean;
  /** 0..1; 0 while it has not ended. */
  score: number;
};

/** The way that choices (node id → option id) lead through a scenario. Choices at nodes not met are not on it. */
export function branchPath(item: Branching, choices: Readonly<Record<string, string>>): BranchPath {
  const steps: BranchPath["steps"] = [];
  let node = nodeOf(item, item.start);
  for (;;) {
    const chosen: Option | null = node.options.find((option) => option.id === choices[node.id]) ?? null;
    steps.push({ node, chosen });
    if (chosen?.next === undefined) return { steps, ended: chosen !== null, score: chosen?.score ?? 0 };
    node = nodeOf(item, chosen.next);
  }
}

/** The best score that can still be reached by an option, 0..1: its own end, or the best one behind it. */
export function bestScore(item: Branching, option: Option): number {
  if (option.next === undefined) return option.score ?? 0;
  return Math.max(...nodeOf(item, option.next).options.map((one) => bestScore(item, one)));
}

/** The best way through: at each node the first option that leads to the best end. */
export function bestPath(item: Branching): Record<string, string> {
  const choices: Record<string, string> = {};
  for (let next: string | undefined = item.start; next !== undefined;) {
    const node = nodeOf(item, next);
    const best = Math.max(...node.options.map((option) => bestScore(item, option)));
    const option = node.options.find((one) => bestScore(item, one) === best);
    if (!option) break;
    choices[node.id] = option.id;
    next = option.next;
  }
  return choices;
}

/** Whether new choices hold all earlier ones: what was chosen in a scenario is final. */
export function goesOn(
  earlier: Readonly<Record<string, string>>,
  choices: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(earlier).every(([node, option]) => choices[node] === option);
}

function nodeOf(item: Branching, id: string): BranchNode {
  const node = item.nodes.find((one) => one.id === id);
  if (!node) throw new Error(`item ${item.id} has no node ${id}`);
  return node;
}
