import type { AnswerWords } from "#app/domain/assistant/answer-words.ts";
import { openPurposes } from "#app/domain/cases/decision.ts";
import type { CaseFile } from "#app/domain/cases/queue.server.ts";
import { dataClasses } from "#app/domain/register/terms.ts";
import { affectedGroups, oversights, unregistered } from "#app/domain/risk/facts.ts";
import { type Purpose, purposeName } from "#app/domain/risk/rule-set.ts";

export type Option = { value: string; label: string };
/** What a reviewer can choose from for one fact; `settled` when the asker named it, so that less can be chosen only. */
type Scope = { options: Option[]; settled: boolean };

/**
 * What an approval may cover, in the language of the words: what was asked for, and free choice where the asker did not
 * know. `purposes` are named in that language.
 */
export function scopeOf(
  about: CaseFile["about"],
  { systems }: Pick<NonNullable<CaseFile["deciding"]> & { ok: true }, "systems">,
  purposes: readonly Purpose[],
  { facts: names, askBack }: Pick<AnswerWords, "facts" | "askBack">,
) {
  const { facts } = about;
  const named = facts.system && facts.system.value !== unregistered ? facts.system.value : null;
  const usable = systems.filter((s) => named === null || s.slug === named);
  const asked = openPurposes(facts)?.value ?? null;
  const least = facts.oversight ? oversights.indexOf(facts.oversight.value) : oversights.length - 1;
  const scope = (settled: boolean, options: Option[]): Scope => ({ settled, options });
  const data = facts.dataClasses?.value ?? dataClasses.filter((c) => c !== "secrets");
  const people = facts.affected?.value ?? affectedGroups;
  return {
    systems: scope(
      named !== null,
      usable.map((s) => ({ value: s.slug, label: s.name })),
    ),
    purposes: scope(
      asked !== null,
      (asked ?? purposes.map((p) => p.slug)).map((slug) => ({
        value: slug,
        label: purposeName(purposes, slug, askBack.somethingElse),
      })),
    ),
    dataClasses: scope(
      facts.dataClasses !== null,
      data.map((c) => ({ value: c, label: names.dataClasses[c] })),
    ),
    affected: scope(
      facts.affected !== null,
      people.map((g) => ({ value: g, label: names.affected[g] })),
    ),
    oversight: scope(
      facts.oversight !== null,
      oversights.slice(0, least + 1).map((o) => ({ value: o, label: names.oversights[o] })),
    ),
  };
}
