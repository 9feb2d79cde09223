import type { AiSystem } from "../register/ai-system.ts";
import { type Approval, counts, coversData, coversGroup } from "../register/approval.ts";
import { type Facts, oversights, unregistered } from "./facts.ts";
import type { RegisterState } from "./rule.ts";

export type Standing = {
  states: RegisterState[];
  /** The approvals that permit the use, one for each purpose; empty unless the state is `approved`. */
  approvals: Approval[];
  /** Approvals that still fit what is known: what could permit the use once more is known. */
  open: Approval[];
  /** Where no tool is named and all else is known: the approvals of the one tool that fits best. */
  offer: Approval[];
};

/**
 * How a use stands in the register on `today` for someone in `groups`. A fact that is not known is left open:
 * only when no approval could fit whatever the answer, the use is unapproved (acceptable-use-policy 2.2: tool,
 * purpose, data class and group must all fit one approval).
 */
export function standing(
  facts: Facts,
  register: { systems: readonly AiSystem[]; approvals: readonly Approval[] },
  groups: readonly string[],
  today: string,
): Standing {
  const none = { approvals: [], open: [], offer: [] };
  const slug = facts.system?.value ?? null;
  if (slug === unregistered) return { states: ["unregistered"], ...none };
  const system = register.systems.find((s) => s.slug === slug);
  if (slug !== null && !system) return { states: ["unregistered"], ...none };
  if (system?.status === "rejected") return { states: ["rejected"], ...none };
  if (system?.status === "retired") return { states: ["retired"], ...none };
  const usable = register.systems.filter((s) => s.status === "in_use" || s.status === "pilot");
  const candidates = register.approvals.filter((a) =>
    system ? a.systemSlug === system.slug : usable.some((s) => s.slug === a.systemSlug),
  );
  const purposes = facts.purposes?.value ?? [null];
  const each = purposes.map((purpose) => fit(purpose, facts, candidates, groups, today));
  const failed = each.flatMap((f) => (f.state ? [f.state] : []));
  if (failed.length > 0)
    return { states: [...new Set(system ? failed : (["no_approved_tool"] as const))], ...none };
  if (system?.riskClass === "high_risk" && system.overseers.length < 2)
    return { states: ["no_overseers"], ...none };
  const common = intersect(each.map((f) => f.fitting));
  if (!system && common.length === 0) return { states: ["no_approved_tool"], ...none };
  const complete =
    system &&
    facts.purposes &&
    facts.dataClasses &&
    peopleKnown(
      each.map((f) => f.fitting),
      facts,
    );
  const open = each.flatMap((f) => f.fitting);
  if (!complete) return { states: [], approvals: [], open, offer: offer(each, common, facts, usable) };
  const approvals = each.flatMap((f) => preferred(f.fitting));
  return { states: ["approved"], approvals: [...new Set(approvals)], open, offer: [] };
}

/** The tool to name to somebody who named none: approved for every purpose, in full use, with the most to spare. */
function offer(
  each: readonly { fitting: Approval[] }[],
  common: readonly Approval[],
  facts: Facts,
  usable: readonly AiSystem[],
): Approval[] {
  if (!facts.purposes || !facts.dataClasses) return [];
  const inUse = usable.filter((s) => s.status === "in_use" && s.riskClass !== "high_risk").map((s) => s.slug);
  const [best] = common
    .filter((a) => inUse.includes(a.systemSlug))
    .toSorted(
      (a, b) =>
        place(a, facts) - place(b, facts) ||
        b.purposes.length - a.purposes.length ||
        a.systemSlug.localeCompare(b.systemSlug),
    );
  if (!best) return [];
  const ofTool = each.map((f) => f.fitting.filter((a) => a.systemSlug === best.systemSlug));
  if (!peopleKnown(ofTool, facts)) return [];
  return [...new Set(ofTool.flatMap((fitting) => preferred(fitting)))];
}

/** Approvals for one purpose that fit, or the first reason why none does. */
function fit(
  purpose: string | null,
  facts: Facts,
  candidates: readonly Approval[],
  groups: readonly string[],
  today: string,
): { fitting: Approval[]; state?: RegisterState } {
  const steps: [RegisterState, (a: Approval) => boolean][] = [
    ["unapproved_purpose", (a) => purpose === null || a.purposes.includes(purpose)],
    ["unapproved_data", (a) => facts.dataClasses === null || coversData(a, facts.dataClasses.value)],
    ["unapproved_group", (a) => coversGroup(a, groups)],
    ["unapproved_people", (a) => coversPeople(a, facts)],
    ["review_past", (a) => counts(a, today)],
  ];
  let fitting = [...candidates];
  for (const [state, test] of steps) {
    fitting = fitting.filter(test);
    if (fitting.length === 0) return { fitting, state };
  }
  return { fitting };
}

/** How far behind the purposes asked for stand in the list of an approval, which names its main ones first. */
function place(approval: Approval, facts: Facts): number {
  return Math.max(0, ...(facts.purposes?.value ?? []).map((p) => approval.purposes.indexOf(p)));
}

/** A case approves for the people affected and the human say it saw, or a stricter one (escalation-procedure 4.1). */
function coversPeople(approval: Approval, facts: Facts): boolean {
  const { affected, oversights: allowed } = approval;
  const groups = facts.affected?.value.filter((g) => g !== "nobody") ?? [];
  if (affected && groups.some((g) => !affected.includes(g))) return false;
  if (!allowed || !facts.oversight) return true;
  const say = oversights.indexOf(facts.oversight.value);
  return allowed.some((o) => say <= oversights.indexOf(o as (typeof oversights)[number]));
}

/** An approval with limits on people counts only once these facts are known. */
function peopleKnown(fitting: Approval[][], facts: Facts): boolean {
  return fitting.every((list) =>
    list.some((a) => (a.affected === null || facts.affected) && (a.oversights === null || facts.oversight)),
  );
}

/**
 * The register's own approval before one that a case gave; the one for fewer data classes, whose conditions are meant for
 * this data; the newer before the older.
 */
function preferred(fitting: Approval[]): Approval[] {
  const [best] = fitting.toSorted(
    (a, b) =>
      Number(a.caseId !== null) - Number(b.caseId !== null) ||
      a.dataClasses.length - b.dataClasses.length ||
      b.approvedOn.localeCompare(a.approvedOn),
  );
  return best ? [best] : [];
}

/** Approvals of tools that have a fitting approval for every purpose. */
function intersect(lists: Approval[][]): Approval[] {
  return lists.flat().filter((a) => lists.every((list) => list.some((b) => b.systemSlug === a.systemSlug)));
}
