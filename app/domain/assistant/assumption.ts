import { type Facts, assumed, groupsAffected, oversights } from "../risk/facts.ts";
import type { Purpose } from "../risk/rule-set.ts";

/** Adds what normally goes with the purposes, where every one of them says so; the riskier of two values counts. */
export function withAssumptions(given: Facts, purposes: readonly Purpose[]): Facts {
  const facts: Facts = { ...given };
  for (const name of ["dataClasses", "affected", "oversight", "effect"] as const)
    if (facts[name]?.source === "assumed") facts[name] = null;
  const chosen =
    facts.purposes?.value.map((slug) => purposes.find((p) => p.slug === slug)?.assumes ?? {}) ?? [];
  if (chosen.length === 0) return facts;
  const all = <T>(pick: (a: Purpose["assumes"]) => T | undefined): T[] =>
    chosen.flatMap((a) => pick(a) ?? []) as T[];
  const groups = all((a) => a.affected).flat();
  // Whoever profiles has people and their data before them, whatever the purpose is normally done with.
  const profiles = facts.profiling?.value === true;
  if (
    facts.affected?.source !== "chosen" &&
    (facts.affected || all((a) => a.affected && [a.affected]).length === chosen.length)
  ) {
    const value = groupsAffected([...(facts.affected?.value ?? []), ...groups]);
    const grown = facts.affected === null || value.some((g) => !facts.affected?.value.includes(g));
    const people = value.some((group) => group !== "nobody") || !profiles;
    // People that the text names stay stated, so that a later choice of purpose cannot drop them.
    if (value.length > 0 && grown && people) facts.affected = { ...assumed(value), ...facts.affected, value };
  }
  const consequential = all((a) => a.effect).includes("consequential");
  if (facts.effect?.source !== "chosen") {
    if (consequential && facts.effect?.value !== "consequential") facts.effect = assumed("consequential");
    else if (!facts.effect && all((a) => a.effect).length === chosen.length)
      facts.effect = assumed("advisory");
  }
  if (
    !facts.dataClasses &&
    !profiles &&
    !facts.unsure.includes("dataClasses") &&
    all((a) => a.dataClasses && [a.dataClasses]).length === chosen.length
  )
    facts.dataClasses = assumed([...new Set(all((a) => a.dataClasses).flat())]);
  const says = all((a) => a.oversight);
  const least = oversights.findLast((o) => says.includes(o));
  if (!facts.oversight && least && says.length === chosen.length) facts.oversight = assumed(least);
  return facts;
}
