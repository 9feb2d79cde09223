import { inForce } from "../content/policy.ts";

type Version = { id: string; effectiveFrom: string; material: boolean };

/**
 * The version of one policy that a person must have acknowledged today, and whether they have (ISO/IEC 42001 7.3 a).
 * An editorial version needs no new acknowledgement: any version since the last material one counts.
 * Null when no version is in force.
 */
export function acknowledgementOf<V extends Version>(
  versions: readonly V[],
  acknowledged: ReadonlyMap<string, Date>,
  today: string,
): { version: V; at: Date | null } | null {
  const counting = countingVersions(versions, today);
  const [version] = counting;
  if (!version) return null;
  for (const one of counting) {
    const at = acknowledged.get(one.id);
    if (at) return { version, at };
  }
  return { version, at: null };
}

/**
 * The versions whose acknowledgement counts today, newest first: the one in force and those before it, back to the last
 * material one. Empty when none is in force.
 */
export function countingVersions<V extends Version>(versions: readonly V[], today: string): V[] {
  const version = inForce(versions, today);
  if (!version) return [];
  const begun = versions
    .filter((v) => v.effectiveFrom <= version.effectiveFrom)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  const lastMaterial = begun.findIndex((v) => v.material);
  return lastMaterial === -1 ? begun : begun.slice(0, lastMaterial + 1);
}

/** Days to acknowledge a policy in, unless its version names another number. */
export const acknowledgeDays = 30;

/** When an acknowledgement is due: counted from when the last material version came into force, or the person was first asked. */
export function acknowledgementDue(
  version: { effectiveFrom: string; publishedAt: Date; acknowledgeDays: number | null },
  askedAt: Date,
): { since: Date; due: Date } {
  const times = [new Date(version.effectiveFrom), version.publishedAt, askedAt].map((at) => at.getTime());
  const since = new Date(Math.max(...times));
  const days = version.acknowledgeDays ?? acknowledgeDays;
  return { since, due: new Date(since.getTime() + days * 86_400_000) };
}
