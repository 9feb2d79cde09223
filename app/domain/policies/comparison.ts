type Version = { version: string; effectiveFrom: string };

/**
 * Which two versions of a policy a reader compares, the earlier first: those they name, else up to the one in force. Without a
 * name the earlier one is the version they signed or, once that is the one in force, the version before it. `versions` are
 * those that came into force by today. Null where there are no two, or one that is named does not exist.
 */
export function comparedVersions<V extends Version>(
  versions: readonly V[],
  of: { signed: string | null; from: string | null; to: string | null },
): { from: V; to: V } | null {
  const inOrder = versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const named = (version: string | null): V | undefined => inOrder.find((one) => one.version === version);
  const to = of.to === null ? inOrder.at(-1) : named(of.to);
  if (!to) return null;
  const signed = named(of.signed);
  const before = inOrder[inOrder.indexOf(to) - 1];
  const usual = signed && signed.effectiveFrom < to.effectiveFrom ? signed : before;
  const from = of.from === null ? usual : named(of.from);
  if (!from) return null;
  return from.effectiveFrom <= to.effectiveFrom ? { from, to } : { from: to, to: from };
}
