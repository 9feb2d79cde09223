/** Where an audit pack stands. */
export const packStatuses = ["waiting", "building", "ready", "failed", "deleted"] as const;
export type PackStatus = (typeof packStatuses)[number];

export const packStatusNames: Record<PackStatus, string> = {
  waiting: "Waiting",
  building: "Being built",
  ready: "Ready",
  failed: "Failed",
  deleted: "Deleted",
};

/** How long the file of a pack is kept. */
export const packDays = 30;

/** A build that fails this often is given up. */
export const mostTries = 5;

/** How far a build has come, 0..1; null while nobody knows how much there is. */
export function share(of: { filesDone: number; filesTotal: number | null }): number | null {
  if (of.filesTotal === null || of.filesTotal === 0) return null;
  return Math.min(1, of.filesDone / of.filesTotal);
}
