import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleDraft } from "#db/schema/content.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type Draft, lockedDraft, storeFiles } from "./draft.server.ts";
import { withMarks } from "./follow.ts";
import { lagging } from "./lagging.ts";
import { type ModuleSource, parseSource } from "./module-source.ts";
import { sourceOf } from "./publish.server.ts";
import { ContentError } from "./source.ts";
import { type TranslatedLanguage, translationsIn, withoutTranslation, withTranslation } from "./wording.ts";

type Refusal = "stale" | "not_editing" | "faulty" | "missing";
type Outcome<R extends Refusal> = Promise<{ ok: true } | { ok: false; reason: R } | null>;
type Seen = { draftId: string; revision: number };

/**
 * Adds a translation to a draft, or to one that is there the lessons and items it lacks, each beginning with the English
 * words. Refused while the English module has a fault: its parts would have to be translated twice. Null when there is no
 * such draft.
 */
export async function addTranslation(
  db: Db,
  actor: Actor,
  input: Seen & { language: TranslatedLanguage },
  now: Date,
): Outcome<"stale" | "not_editing" | "faulty"> {
  return changed(db, actor, input, now, (draft) =>
    readable(withoutTranslations(draft.files))
      ? { ok: true, files: withTranslation(draft.files, input.language) }
      : { ok: false, reason: "faulty" },
  );
}

/** Takes a translation out of a draft; the published version keeps its own. Null when there is no such draft. */
export async function removeTranslation(
  db: Db,
  actor: Actor,
  input: Seen & { language: TranslatedLanguage },
  now: Date,
): Outcome<"stale" | "not_editing" | "missing"> {
  return changed(db, actor, input, now, (draft) =>
    translationsIn(draft.files).includes(input.language)
      ? { ok: true, files: withoutTranslation(draft.files, input.language) }
      : { ok: false, reason: "missing" },
  );
}

async function changed<R extends Refusal>(
  db: Db,
  actor: Actor,
  input: Seen,
  now: Date,
  change: (draft: Draft) => { ok: true; files: ModuleSource } | { ok: false; reason: R },
): Outcome<R | "stale" | "not_editing"> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
    if (draft.revision !== input.revision) return { ok: false, reason: "stale" };
    const outcome = change(draft);
    if (!outcome.ok) return outcome;
    await storeFiles(tx, actor, draft, outcome.files, now);
    return { ok: true };
  });
}

/**
 * Declares that a translated part still fits its original, which has changed since. Refused when the draft is not at
 * `revision` any more: what the original says now has to be read. Null when there is no such draft.
 */
export async function confirmTranslation(
  db: Db,
  actor: Actor,
  input: { draftId: string; key: string; revision: number },
  now: Date,
): Outcome<"stale" | "not_editing" | "missing"> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
    if (draft.revision !== input.revision) return { ok: false, reason: "stale" };
    const followed = draft.followed ?? {};
    const lag = lagging(draft.files, await baseFilesOf(tx, draft), followed).find(
      (one) => one.key === input.key,
    );
    if (!lag) return { ok: false, reason: "missing" };
    await tx
      .update(moduleDraft)
      .set({
        files: withMarks(draft.files, new Set([lag.key])),
        followed: { ...followed, [lag.key]: lag.now },
        editors: [...new Set([...draft.editors, actor.id])],
        revision: draft.revision + 1,
        updatedBy: actor.id,
        updatedAt: now,
      })
      .where(eq(moduleDraft.id, draft.id));
    return { ok: true };
  });
}

/** The files a draft was begun from; null of a new module, and where they were not kept. */
export async function baseFilesOf(db: Db, draft: Pick<Draft, "baseVersionId">): Promise<ModuleSource | null> {
  return draft.baseVersionId === null ? null : sourceOf(db, draft.baseVersionId);
}

function withoutTranslations(source: ModuleSource): ModuleSource {
  return translationsIn(source).reduce(withoutTranslation, source);
}

function readable(source: ModuleSource): boolean {
  try {
    parseSource(source, "");
    return true;
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}
