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
  const version = inForce(versions, today);
  if (!version) return null;
  const begun = versions
    .filter((v) => v.effectiveFrom <= version.effectiveFrom)
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  const lastMaterial = begun.findIndex((v) => v.material);
  const counting = lastMaterial === -1 ? begun : begun.slice(0, lastMaterial + 1);
  for (const one of counting) {
    const at = acknowledged.get(one.id);
    if (at) return { version, at };
  }
  return { version, at: null };
}
