import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleDraft } from "#db/schema/content.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type DraftRefusal, isOpen, mayDecide, maySubmit } from "./draft.ts";
import { checkDraft } from "./draft-check.ts";
import { citable, type Draft, lockedDraft } from "./draft.server.ts";
import { declared, type ModuleSource } from "./module-source.ts";
import { newestModule, publishedVersions, sourceOf } from "./publish.server.ts";

type Outcome<R extends DraftRefusal> = Promise<{ ok: true } | { ok: false; reason: R } | null>;

/** SHA-256 of the files of a draft, by which the audit log knows what was submitted. */
export const filesHash = (files: ModuleSource): string => sha256(canonicalJson(files));

/**
 * Submits a draft for publication, with what its author declares: a version, whether the change is material, and what
 * changed. It can be changed no more until it comes back. Null when there is no such draft.
 */
export async function submitDraft(
  db: Db,
  actor: Actor,
  input: {
    draftId: string;
    revision: number;
    version: string;
    change: "material" | "editorial";
    changeNote: string;
  },
  now: Date,
): Outcome<"stale" | "faulty" | DraftRefusal> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.revision !== input.revision) return { ok: false, reason: "stale" };
    const { version, change, changeNote } = input;
    const base = draft.baseVersionId === null ? null : await sourceOf(tx, draft.baseVersionId);
    const decision = maySubmit(draft, {
      version,
      published: (await publishedVersions(tx, draft.slug)).map((one) => one.version),
      newestVersionId: (await newestModule(tx, draft.slug))?.id ?? null,
      changed: base === null || filesHash(base) !== filesHash(draft.files),
    });
    if (!decision.ok) return decision;
    if (!checkDraft(draft.files, draft.slug, await citable(tx)).ok) return { ok: false, reason: "faulty" };
    const files = declared(draft.files, { version, change, changeNote });
    await tx
      .update(moduleDraft)
      .set({
        files,
        revision: draft.revision + 1,
        status: "submitted",
        version,
        change,
        changeNote,
        submittedBy: actor.id,
        submittedAt: now,
        returnReason: null,
      })
      .where(eq(moduleDraft.id, draft.id));
    const { slug, editors } = draft;
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "module.draft_submitted",
          subjectType: "module_draft",
          subjectId: draft.id,
          data: { slug, version, change, hash: filesHash(files), editors },
        },
      ],
      now,
    );
    return { ok: true };
  });
}

/** Sends a submitted draft back to its authors for a reason; a second person does. Null when there is no such draft. */
export async function returnDraft(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number; reason: string },
  now: Date,
): Outcome<"stale" | DraftRefusal> {
  allow(actor, "content.publish", {});
  return decided(db, input, async (tx, draft) => {
    const decision = mayDecide(draft, actor.id, draft.baseVersionId);
    if (!decision.ok) return decision;
    const { slug, version } = draft;
    const { reason } = input;
    await backToEditing(tx, draft, { returnReason: reason, decidedBy: actor.id, decidedAt: now });
    const data = { slug, version: version ?? "", reason };
    await recordEvents(tx, actor, [entry("module.draft_returned", draft.id, data)], now);
    return { ok: true };
  });
}

/** Takes a submitted draft back, to write on: its authors do, without a reason. Null when there is no such draft. */
export async function takeBackDraft(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number },
  now: Date,
): Outcome<"stale" | DraftRefusal> {
  allow(actor, "content.author", {});
  return decided(db, input, async (tx, draft) => {
    if (draft.status !== "submitted") return { ok: false, reason: "not_submitted" };
    await backToEditing(tx, draft, {});
    const data = { slug: draft.slug, version: draft.version ?? "", reason: "Taken back by an author." };
    await recordEvents(tx, actor, [entry("module.draft_returned", draft.id, data)], now);
    return { ok: true };
  });
}

/** Ends a draft without publishing it; its text is kept. Null when there is no such draft. */
export async function withdrawDraft(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number },
  now: Date,
): Outcome<"stale" | DraftRefusal> {
  allow(actor, "content.author", {});
  return decided(db, input, async (tx, draft) => {
    if (!isOpen(draft.status)) return { ok: false, reason: "not_editing" };
    await tx
      .update(moduleDraft)
      .set({ status: "withdrawn", decidedBy: actor.id, decidedAt: now, revision: draft.revision + 1 })
      .where(eq(moduleDraft.id, draft.id));
    await recordEvents(tx, actor, [entry("module.draft_withdrawn", draft.id, { slug: draft.slug })], now);
    return { ok: true };
  });
}

/**
 * Goes on from the version that was published since the draft was begun: what differs from that one is then what the
 * draft changes. Null when there is no such draft.
 */
export async function takeInNewest(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number },
): Outcome<"stale" | DraftRefusal> {
  allow(actor, "content.author", {});
  return decided(db, input, async (tx, draft) => {
    if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
    const newest = await newestModule(tx, draft.slug);
    if (!newest || !(await sourceOf(tx, newest.id))) return { ok: false, reason: "no_source" };
    await tx
      .update(moduleDraft)
      .set({ baseVersionId: newest.id, revision: draft.revision + 1 })
      .where(eq(moduleDraft.id, draft.id));
    return { ok: true };
  });
}

async function decided(
  db: Db,
  input: { draftId: string; revision: number },
  decide: (tx: Db, draft: Draft) => Promise<{ ok: true } | { ok: false; reason: DraftRefusal }>,
): Outcome<"stale" | DraftRefusal> {
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    return draft.revision === input.revision ? decide(tx, draft) : { ok: false, reason: "stale" };
  });
}

async function backToEditing(
  tx: Db,
  draft: Draft,
  set: Partial<Pick<Draft, "returnReason" | "decidedBy" | "decidedAt">>,
): Promise<void> {
  await tx
    .update(moduleDraft)
    .set({ ...set, status: "editing", submittedBy: null, submittedAt: null, revision: draft.revision + 1 })
    .where(eq(moduleDraft.id, draft.id));
}

function entry<T extends "module.draft_returned" | "module.draft_withdrawn">(
  type: T,
  subjectId: string,
  data: Extract<AuditEntry, { type: T }>["data"],
): AuditEntry {
  // The types of an entry and its data go together, which a generic literal cannot show.
  return { type, subjectType: "module_draft", subjectId, data } as AuditEntry;
}
