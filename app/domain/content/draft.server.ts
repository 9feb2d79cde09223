import { and, eq, inArray, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { moduleDraft, policyClause, policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { withMarksAfter } from "./follow.ts";
import { followedAfter } from "./lagging.ts";
import { type Citable, type ModuleSource } from "./module-source.ts";
import {
  type OutlineRefusal,
  type Place,
  textAt,
  withAdded,
  withFigure,
  withMoved,
  withoutFigure,
  withoutPart,
  withText,
} from "./outline.ts";
import { newestModule, sourceOf } from "./publish.server.ts";
import { sectionsOf } from "./section.ts";

export type Draft = typeof moduleDraft.$inferSelect;

type Refused<R> = { ok: false; reason: R };

/** Begins a draft from the newest published version of a module. Null when there is no such module. */
export async function createDraft(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<{ ok: true; id: string } | Refused<"no_source" | "open_draft"> | null> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const base = await newestModule(tx, slug);
    if (!base) return null;
    const source = await sourceOf(tx, base.id);
    if (!source) return { ok: false, reason: "no_source" };
    const id = randomUUID();
    const [made] = await tx
      .insert(moduleDraft)
      .values({
        id,
        slug,
        baseVersionId: base.id,
        files: withPlainLineEnds(source),
        revision: 1,
        status: "editing",
        createdBy: actor.id,
        createdAt: now,
        updatedBy: actor.id,
        updatedAt: now,
        editors: [],
      })
      .onConflictDoNothing()
      .returning({ id: moduleDraft.id });
    if (!made) return { ok: false, reason: "open_draft" };
    const data = { slug, base: base.version };
    const entry = { type: "module.draft_created", subjectType: "module_draft", subjectId: id, data } as const;
    await recordEvents(tx, actor, [entry], now);
    return { ok: true, id };
  });
}

/** A source as drafts hold it: a line ends with a line feed alone. */
export function withPlainLineEnds(source: ModuleSource): ModuleSource {
  return Object.fromEntries(
    Object.entries(source).map(([name, text]) => [name, text.replaceAll("\r\n", "\n")]),
  );
}

/** One draft; null when there is none of that id. Who reads it and does not author sees no answer keys: the caller's part. */
export async function draftFor(db: Db, actor: Actor, id: string): Promise<Draft | null> {
  allow(actor, "content.read", {});
  const [row] = await db.select().from(moduleDraft).where(eq(moduleDraft.id, id));
  return row ?? null;
}

/** The same for a write, locked until the caller's transaction ends. */
export async function lockedDraft(tx: Db, id: string): Promise<Draft | null> {
  const [row] = await tx.select().from(moduleDraft).where(eq(moduleDraft.id, id)).for("update");
  return row ?? null;
}

/** Stands for a text as an editor saw it: a save made from another text is a conflict. */
export function seenAs(text: string): string {
  return sha256(text).slice(0, 24);
}

export type SaveOutcome =
  | { ok: true; part: Place["part"]; seen: string }
  | { ok: false; reason: "stale"; theirs: string; seen: string; by: string; at: Date }
  | Refused<"not_editing" | OutlineRefusal>;

/**
 * Saves the text of a section or of a whole file. What somebody else saved there in the meantime is never overwritten
 * unseen: the save is refused with their text, and takes effect when sent again with its `seen`. Changes elsewhere in the
 * draft do not matter; a section that moved is found where it is now. Null when there is no such draft.
 */
export async function saveText(
  db: Db,
  actor: Actor,
  input: { draftId: string; place: Place; seen: string; text: string },
  now: Date,
): Promise<SaveOutcome | null> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
    const place = placeNow(draft.files, input.place, input.seen);
    const current = textAt(draft.files, place);
    if (current === null) return { ok: false, reason: "missing" };
    if (seenAs(current) !== input.seen) {
      const names = await namesOf(tx, [draft.updatedBy]);
      const by = names.get(draft.updatedBy) ?? draft.updatedBy;
      return { ok: false, reason: "stale", theirs: current, seen: seenAs(current), by, at: draft.updatedAt };
    }
    const edited = withText(draft.files, place, input.text);
    if (!edited.ok) return edited;
    await storeFiles(tx, actor, draft, edited.source, now);
    return { ok: true, part: place.part, seen: seenAs(textAt(edited.source, place) ?? "") };
  });
}

function placeNow(files: ModuleSource, place: Place, seen: string): Place {
  const current = textAt(files, place);
  if (place.part === "all" || (current !== null && seenAs(current) === seen)) return place;
  const sections = sectionsOf(place.file, files[place.file] ?? "");
  const part = sections.findIndex((section) => seenAs(section.text) === seen);
  return part < 0 ? place : { ...place, part };
}

export type OutlineChange =
  | { kind: "add"; file: string; after: number | null; what: "lesson" | "item"; text: string }
  | { kind: "remove"; file: string; part: number }
  | { kind: "move"; file: string; part: number; by: 1 | -1 }
  | { kind: "add-figure" | "remove-figure"; file: string };

/** Adds, removes or moves a lesson or item, or adds or removes a figure. Refused when the draft is not at `revision` any more. Null without a draft. */
export async function changeOutline(
  db: Db,
  actor: Actor,
  input: { draftId: string; revision: number; change: OutlineChange },
  now: Date,
): Promise<{ ok: true } | Refused<"stale" | "not_editing" | OutlineRefusal> | null> {
  allow(actor, "content.author", {});
  return db.transaction(async (tx) => {
    const draft = await lockedDraft(tx, input.draftId);
    if (!draft) return null;
    if (draft.status !== "editing") return { ok: false, reason: "not_editing" };
    if (draft.revision !== input.revision) return { ok: false, reason: "stale" };
    const edited = outlined(draft.files, input.change);
    if (!edited.ok) return edited;
    await storeFiles(tx, actor, draft, edited.source, now);
    return { ok: true };
  });
}

function outlined(files: ModuleSource, change: OutlineChange) {
  switch (change.kind) {
    case "add":
      return withAdded(files, { ...change, kind: change.what });
    case "remove":
      return withoutPart(files, change);
    case "move":
      return withMoved(files, change, change.by);
    case "add-figure":
      return withFigure(files, change.file);
    case "remove-figure":
      return withoutFigure(files, change.file);
  }
}

/** Stores the changed files of a locked draft, with who changed them and what translated parts now follow. */
export async function storeFiles(
  tx: Db,
  actor: Actor,
  draft: Draft,
  changed: ModuleSource,
  now: Date,
): Promise<void> {
  const files = withMarksAfter(draft.files, changed);
  const names = new Set([...Object.keys(files), ...Object.keys(draft.files)]);
  if ([...names].every((name) => draft.files[name] === files[name])) return;
  const editors = [...new Set([...draft.editors, actor.id])];
  const followed = followedAfter(draft.followed ?? {}, draft.files, files);
  await tx
    .update(moduleDraft)
    .set({ files, followed, editors, revision: draft.revision + 1, updatedBy: actor.id, updatedAt: now })
    .where(and(eq(moduleDraft.id, draft.id), eq(moduleDraft.revision, draft.revision)));
}

/** What a module may cite today: the clauses and policies of every published version. */
export async function citable(db: Db): Promise<Citable> {
  const clauses = await db
    .selectDistinct({ slug: policyVersion.slug, number: policyClause.number })
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId));
  const policies = await db.selectDistinct({ slug: policyVersion.slug }).from(policyVersion);
  return {
    clauses: new Set(clauses.map(({ slug, number }) => `${slug}#${number}`)),
    policies: new Set(policies.map(({ slug }) => slug)),
  };
}

/** The audiences people are in, for whom a draft can be previewed. */
export async function audiencesInUse(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ audience: sql<string>`unnest(${person.audiences})` }).from(person);
  return rows.map((row) => row.audience).toSorted();
}

/** The names of people by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(ids)]));
  return new Map(rows.map((row) => [row.id, row.name]));
}
