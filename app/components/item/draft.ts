import { z } from "zod";

/** An answer not yet known to be saved, kept on this device until it is. */
const draft = z.object({
  given: z.union([z.array(z.string()), z.record(z.string(), z.string())]),
  /** The revision it was an edit of. */
  revision: z.number().int().min(0),
});
export type Draft = z.infer<typeof draft>;

const keyOf = (attemptId: string, position: number): string => `clause7:attempt:${attemptId}:${position}`;

/** Reads what a device kept; null when it is not a draft of ours. */
export function readDraft(text: string | null): Draft | null {
  if (text === null) return null;
  const parsed = draft.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : null;
}

export function keepDraft(attemptId: string, position: number, kept: Draft): void {
  withStorage((storage) => storage.setItem(keyOf(attemptId, position), JSON.stringify(kept)));
}

export function dropDraft(attemptId: string, position: number): void {
  withStorage((storage) => storage.removeItem(keyOf(attemptId, position)));
}

/** The drafts of an attempt by position. */
export function draftsOf(attemptId: string): Map<number, Draft> {
  const drafts = new Map<number, Draft>();
  withStorage((storage) => {
    const prefix = `clause7:attempt:${attemptId}:`;
    for (const key of Object.keys(storage)) {
      const position = key.startsWith(prefix) ? Number(key.slice(prefix.length)) : Number.NaN;
      const kept = Number.isInteger(position) ? readDraft(storage.getItem(key)) : null;
      if (kept) drafts.set(position, kept);
    }
  });
  return drafts;
}

export function dropDrafts(attemptId: string): void {
  for (const position of draftsOf(attemptId).keys()) dropDraft(attemptId, position);
}

/** A browser may forbid storage, or have none left; saving on the server goes on without it. */
function withStorage(use: (storage: Storage) => void): void {
  try {
    use(window.localStorage);
  } catch {
    return;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
