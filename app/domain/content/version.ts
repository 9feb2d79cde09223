/** The order of two versions such as 1.2.0: negative when `a` is the lower one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const at = left.findIndex((n, i) => n !== right[i]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** The version to suggest after `last`: a new main number for a material change, a new last number for an editorial one. */
export function nextVersion(last: string, change: "material" | "editorial"): string {
  const [major = 0, minor = 0, patch = 0] = numbersOf(last);
  return change === "material" ? `${major + 1}.0.0` : `${major}.${minor}.${patch + 1}`;
}

/** The highest of versions; null when there is none. */
export function highestVersion(versions: readonly string[]): string | null {
  return versions.reduce<string | null>(
    (top, version) => (top === null || compareVersions(version, top) > 0 ? version : top),
    null,
  );
}

/** A version as published: `fromBrowser` when it was written and published there. */
export type PublishedVersion = { version: string; hash: string; fromBrowser: boolean };

/**
 * What becomes of a module in the content folder, given the versions that are published. `publish`: its number is higher
 * than all of them. `known`: it is the newest one. `behind`: a higher version is published, or the same number with other
 * text from the browser, which stands. `clash`: the folder gave its own version other text without a new number.
 */
export function folderStanding(
  folder: { version: string; hash: string },
  published: readonly PublishedVersion[],
): "publish" | "known" | "behind" | "clash" {
  const same = published.find((one) => one.version === folder.version);
  if (same && same.hash !== folder.hash && !same.fromBrowser) return "clash";
  if (same && same.hash !== folder.hash) return "behind";
  const top = highestVersion(published.map((one) => one.version));
  if (top !== null && compareVersions(folder.version, top) < 0) return "behind";
  return same ? "known" : "publish";
}

function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}
