import { sha256 } from "../audit/event.ts";
import { type CaseDecision, caseDecisionNames } from "../cases/status.ts";
import { inForce } from "../content/policy.ts";
import type { Lesson } from "../content/module.ts";
import type { AiSystem } from "../register/ai-system.ts";
import { type Approval, groupName } from "../register/approval.ts";
import { dataClassNames, riskClassNames, systemStatusNames } from "../register/terms.ts";
import { describeFacts, type Facts } from "../risk/facts.ts";
import { masked } from "./masking.ts";

export const passageKinds = ["clause", "system", "precedent", "lesson"] as const;
export type PassageKind = (typeof passageKinds)[number];

/** A text the assistant may find. `sourceId` names the row it stands for; the dates are the days on which it may be shown. */
export type PassageText = {
  kind: PassageKind;
  ref: string;
  sourceId: string;
  number: string | null;
  language: string;
  title: string;
  text: string;
  appliesFrom: string | null;
  appliesUntil: string | null;
};

/** Names that texts speak of by slug or id. */
export type Names = {
  system: (slug: string) => string;
  purpose: (slug: string) => string;
  person: (id: string) => string;
};

type Version = { id: string; slug: string; title: string; effectiveFrom: string };
type StoredClause = { id: string; policyVersionId: string; number: string; heading: string; text: string };

/**
 * Clauses of all versions of one policy, each with the days on which its version is in force; a version that never is
 * has none. `languageOf` tells the language of a version from its text.
 */
export function clausePassages(
  versions: readonly Version[],
  clauses: readonly StoredClause[],
  languageOf: (text: string) => string,
): PassageText[] {
  const starts = [...new Set(versions.map((v) => v.effectiveFrom))].toSorted();
  return starts.flatMap((appliesFrom, i) => {
    const version = inForce(versions, appliesFrom);
    const next = starts[i + 1];
    const ours = clauses.filter((c) => c.policyVersionId === version?.id);
    const language = languageOf(ours.map((c) => c.text).join("\n"));
    return ours.map((c) => ({
      kind: "clause" as const,
      ref: `${version?.slug}#${c.number}`,
      sourceId: c.id,
      number: c.number,
      language,
      title: `${c.heading} (${version?.title})`,
      text: c.text,
      appliesFrom,
      appliesUntil: next ? dayBefore(next) : null,
    }));
  });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** A register entry as text: what it is, how it stands, and what each approval covers. Approvals that cases gave to one person are left out. */
export function systemPassage(system: AiSystem, approvals: readonly Approval[], names: Names): PassageText {
  const listed = approvals.filter((a) => a.systemSlug === system.slug && a.caseId === null);
  const { name, aliases, description, vendor, kind, status, riskClass, hosting, overseers } = system;
  const lines = [
    description,
    aliases.length > 0 ? `Also called: ${aliases.join(", ")}.` : "",
    `Kind: ${kind.replaceAll("_", " ")}. Vendor: ${vendor}.`,
    `Status in the AI register: ${systemStatusNames[status]}. Risk class: ${riskClassNames[riskClass]}.`,
    `System owner: ${names.person(system.owner)}.`,
    overseers.length > 0 ? `Overseers: ${overseers.map(names.person).join(", ")}.` : "",
    `Hosting: ${hosting}.`,
    ...listed.map((a) => approvalText(a, names)),
    listed.length === 0 ? "No use of it is approved." : "",
  ];
  return {
    kind: "system",
    ref: system.slug,
    sourceId: system.slug,
    number: null,
    language: "en",
    title: name,
    text: lines.filter((l) => l !== "").join("\n"),
    appliesFrom: null,
    appliesUntil: null,
  };
}

function approvalText(approval: Approval, names: Names): string {
  const { purposes, dataClasses, groups, conditions, approvedOn, reviewOn } = approval;
  const classes = dataClasses.map((c) =>
    c in dataClassNames ? dataClassNames[c as keyof typeof dataClassNames] : c,
  );
  return [
    `Approved for ${purposes.map(names.purpose).join(", ")}; data: ${classes.join(", ")}; groups: ${groups.map(groupName).join(", ")}.`,
    `Approved on ${approvedOn}, review date ${reviewOn}: after that day the approval no longer counts.`,
    conditions.length > 0 ? `Conditions: ${conditions.join(" ")}` : "",
  ]
    .filter((l) => l !== "")
    .join(" ");
}

type Decided = {
  id: string;
  number: number;
  title: string;
  facts: Facts;
  decision: CaseDecision;
  decidedOn: string;
  conditions: readonly string[];
};

/**
 * A decided case as others may find it: facts, decision and conditions. No person is named, no requester, no reviewer
 * and no reason as written; `people` are the names to take out of what the asker wrote (GDPR Art. 5(1)(c)).
 */
export function precedentPassage(decided: Decided, names: Names, people: ReadonlySet<string>): PassageText {
  const clean = (text: string): string => withoutNames(masked(text), people);
  const facts = describeFacts(decided.facts, names).filter((l) => l.fact !== "task");
  const { conditions } = decided;
  const lines = [
    ...facts.map((l) => `${l.title}: ${clean(l.value)}.`),
    `Decision: ${caseDecisionNames[decided.decision]}.`,
    conditions.length > 0 ? `Conditions: ${conditions.map(clean).join(" ")}` : "",
  ];
  return {
    kind: "precedent",
    ref: decided.id,
    sourceId: decided.id,
    number: null,
    language: "en",
    title: clean(decided.title),
    text: lines.filter((l) => l !== "").join("\n"),
    appliesFrom: decided.decidedOn,
    appliesUntil: null,
  };
}

/** The parts of people's names, as {@link withoutNames} looks for them. */
export function nameParts(names: readonly string[]): Set<string> {
  return new Set(
    names.flatMap((n) => n.split(/[\s,]+/)).filter((part) => part.length > 2 && /^\p{Lu}/u.test(part)),
  );
}

/** A text in which every part of a known name is replaced. Words that happen to be somebody's name go, too: better one too many. */
export function withoutNames(text: string, people: ReadonlySet<string>): string {
  return text
    .replace(/[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*/gu, (word) =>
      people.has(word) ||
      people.has(word.replace(/['’]s?$/, "")) ||
      word.split("-").some((w) => people.has(w))
        ? "[name]"
        : word,
    )
    .replace(/\[name\](?:\s+\[name\])+/g, "[name]");
}

/** A lesson as text: what is read and what to do tomorrow. Questions stay out, because their answers are marked. */
export function lessonPassage(
  module: { id: string; slug: string; language: string },
  lesson: Lesson,
): PassageText {
  const parts = lesson.parts.flatMap((p) =>
    p.kind === "text" ? [plainText(p.html)] : p.kind === "tomorrow" ? [p.text] : [],
  );
  return {
    kind: "lesson",
    ref: `${module.slug}/${lesson.id}`,
    sourceId: `${module.id}/${lesson.id}`,
    number: null,
    language: module.language,
    title: lesson.title,
    text: parts.join("\n\n"),
    appliesFrom: null,
    appliesUntil: null,
  };
}

const entities: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** The words of sanitised HTML; block elements begin a line. */
export function plainText(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/li|\/h\d|\/tr|\/blockquote)\b[^>]*>/g, "\n")
    .replace(/<[^>]+>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|#x27);/g, (e) => entities[e] ?? e)
    .replace(/[ \t]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

/** SHA-256 over all that a passage says, so that unchanged ones are left alone. */
export function passageHash(passage: PassageText): string {
  const { kind, ref, sourceId, number, language, title, text, appliesFrom, appliesUntil } = passage;
  const said = [kind, ref, sourceId, number, language, title, text, appliesFrom, appliesUntil];
  return sha256(JSON.stringify(said));
}
