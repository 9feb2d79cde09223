import { firstVersion } from "./new-module.ts";
import { compareVersions } from "./version.ts";

/** Where a draft stands. `published` and `withdrawn` are its ends. */
export type DraftStatus = "editing" | "submitted" | "published" | "withdrawn";

export const draftStatusNames: Record<DraftStatus, string> = {
  editing: "Being written",
  submitted: "Waits for a second person",
  published: "Published",
  withdrawn: "Withdrawn",
};

export const isOpen = (status: DraftStatus): boolean => status === "editing" || status === "submitted";

/** Why a change of a draft is refused. */
export type DraftRefusal =
  | "stale"
  | "not_editing"
  | "not_submitted"
  | "own_work"
  | "faulty"
  | "unchanged"
  | "version_taken"
  | "base_changed"
  | "open_draft"
  | "slug_taken"
  | "first_version"
  | "no_source";

export const draftRefusalWords: Record<DraftRefusal, string> = {
  stale: "Somebody has changed this draft in the meantime. Look at what it says now, then try again.",
  not_editing: "This draft is not being written any more: it was submitted, published or withdrawn.",
  not_submitted: "This draft does not wait for a decision any more.",
  own_work: "You wrote or submitted this draft. Somebody else must read and publish it.",
  faulty: "The draft has a fault. Mend it first.",
  unchanged: "The draft says the same as the published version.",
  version_taken: "Give a version number that is higher than every published one.",
  base_changed:
    "Another version was published since this draft was begun. Its authors must take that in first.",
  open_draft: "There is a draft of this module already.",
  slug_taken: "There is a module of this name already. Choose another one.",
  first_version: "The first version of a module is 1.0.0.",
  no_source:
    "The text of this version was not kept. Start the product once with the content folder it came from.",
};

export type DraftFacts = {
  status: DraftStatus;
  editors: readonly string[];
  submittedBy: string | null;
  /** Null of a module that was never published. */
  baseVersionId: string | null;
};

/** Whether somebody may publish a draft or send it back: a second person, who neither wrote nor submitted it. */
export function mayDecide(
  draft: DraftFacts,
  actorId: string,
  newestVersionId: string | null,
): { ok: true } | { ok: false; reason: DraftRefusal } {
  if (draft.status !== "submitted") return { ok: false, reason: "not_submitted" };
  if (draft.submittedBy === actorId || draft.editors.includes(actorId))
    return { ok: false, reason: "own_work" };
  if (draft.baseVersionId !== newestVersionId) return { ok: false, reason: "base_changed" };
  return { ok: true };
}

/** Whether a draft may be submitted under a version. `published` are the numbers taken; `changed`: whether it says something new. */
export function maySubmit(
  draft: DraftFacts,
  of: { version: string; published: readonly string[]; newestVersionId: string | null; changed: boolean },
): { ok: true } | { ok: false; reason: DraftRefusal } {
  if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
  if (draft.baseVersionId !== of.newestVersionId) return { ok: false, reason: "base_changed" };
  if (of.newestVersionId === null && of.version !== firstVersion)
    return { ok: false, reason: "first_version" };
  if (!of.changed) return { ok: false, reason: "unchanged" };
  if (of.published.some((one) => compareVersions(of.version, one) <= 0))
    return { ok: false, reason: "version_taken" };
  return { ok: true };
}

/** The shortest note that tells learners and auditors anything, in characters. */
export const shortestNote = 10;
export const longestNote = 500;
/** Beyond it a file is no lesson any more; a bound for what a form may send. */
export const longestFile = 500_000;
