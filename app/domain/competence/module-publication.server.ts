import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleDraft } from "#db/schema/content.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type DraftRefusal, mayDecide } from "../content/draft.ts";
import { checkDraft } from "../content/draft-check.ts";
import { citable, lockedDraft } from "../content/draft.server.ts";
import { declared } from "../content/module-source.ts";
import { newestModule, publishedVersions, storeModule } from "../content/publish.server.ts";
import { compareVersions } from "../content/version.ts";
import { type Actor, allow } from "../people/permission.ts";
import { applyChange, type ChangeEffect } from "./material-change.server.ts";

/**
 * Publishes a submitted draft as its second person, who is named as approver, and lets a material change take effect,
 * in one transaction. Refused for who wrote or submitted it, when it is not what was read (`revision`), and when another
 * version was published meanwhile. Null when there is no such draft.
 */
export async function publishDraft(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number },
  now: Date,
): Promise<{ ok: true; version: string; effect: ChangeEffect } | { ok: false; reason: DraftRefusal } | null> {
  allow(actor, "content.publish", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.revision !== input.revision) return { ok: false, reason: "stale" };
    const newest = await newestModule(tx, draft.slug);
    const decision = mayDecide(draft, actor.id, newest?.id ?? null);
    if (!decision.ok) return decision;
    const { slug, version, change, changeNote } = draft;
    if (version === null || change === null || changeNote === null)
      return { ok: false, reason: "not_submitted" };
    const published = await publishedVersions(tx, slug);
    if (published.some((one) => compareVersions(version, one.version) <= 0))
      return { ok: false, reason: "version_taken" };
    const files = declared(draft.files, { version, change, changeNote, approver: actor.id });
    const checked = checkDraft(files, slug, await citable(tx));
    if (!checked.ok) return { ok: false, reason: "faulty" };
    const stored = await storeModule(tx, checked.module, files, now);
    await tx
      .update(moduleDraft)
      .set({
        files,
        status: "published",
        revision: draft.revision + 1,
        decidedBy: actor.id,
        decidedAt: now,
        publishedVersionId: stored.id,
      })
      .where(eq(moduleDraft.id, draft.id));
    const { effect, entries } = await applyChange(tx, stored.id, now);
    const data = { slug, version, hash: stored.hash, change, draftId: draft.id };
    const entry = { type: "module.published", subjectType: "module", subjectId: stored.id, data } as const;
    await recordEvents(tx, actor, [entry, ...entries], now);
    return { ok: true, version, effect };
  });
}
