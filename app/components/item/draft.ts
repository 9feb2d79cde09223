import type { GivenResponse } from "#app/domain/learning/presentation.ts";

/**
 * An answer not yet known to be saved, kept on this device until it is; null where it was taken back. `revision` is the one it
 * was an edit of.
 */
export type Draft = { given: GivenResponse | null; confidence?: string | null; revision: number };

const keyOf = (attemptId: string, position: number): string => `clause7:attempt:${attemptId}:${position}`;

/** Reads what a device kept; null when it is not a draft of ours. */
export function readDraft(text: string | null): Draft | null {
  const value = text === null ? null : jsonOf(text);
  if (typeof value !== "object" || value === null || !("given" in value) || !("revision" in value))
    return null;
  const { given, revision } = value;
  if (!isGiven(given) || !Number.isInteger(revision)) return null;
  const confidence = "confidence" in value && typeof value.confidence === "string" ? value.confidence : null;
  return { given, ...(confidence ? { confidence } : {}), revision: Number(revision) };
}

function isGiven(value: unknown): value is GivenResponse | null {
  if (value === null) return true;
  if (typeof value === "string") return value !== "";
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((part) => typeof part === "string")
  );
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
