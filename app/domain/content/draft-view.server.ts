import type { Db } from "#db/client.server.ts";
import { type Actor, can } from "../people/permission.ts";
import type { DraftStatus } from "./draft.ts";
import { checkDraft, type DraftCheck } from "./draft-check.ts";
import { citable, type Draft, draftFor, namesOf } from "./draft.server.ts";
import { listedTitle } from "./reader.ts";
import { titleIn } from "./wording.ts";
import { moduleById, newestModule } from "./publish.server.ts";

/** What every page of a draft shows, and what the reader may do with it. */
export type DraftView = {
  head: {
    id: string;
    slug: string;
    title: string;
    /** Number of the version it changes; null of a module that was never published. */
    base: string | null;
    status: DraftStatus;
    version: string | null;
    revision: number;
  };
  draft: Draft;
  /** People named in it, by id. */
  names: ReadonlyMap<string, string>;
  /** The number of the newest published version where that is not the one it changes. */
  newer: string | null;
  /** Id of the newest published version; null where there is none. */
  newestId: string | null;
  check: DraftCheck;
  mayWrite: boolean;
  mayPublish: boolean;
  /** Whether the reader may see answer keys. */
  mayReadKeys: boolean;
};

/** A draft with its check; null when there is none of that id. */
export async function draftView(db: Db, actor: Actor, id: string): Promise<DraftView | null> {
  const draft = await draftFor(db, actor, id);
  if (!draft) return null;
  const base = draft.baseVersionId === null ? null : await moduleById(db, draft.baseVersionId);
  const newest = await newestModule(db, draft.slug);
  const check = checkDraft(draft.files, draft.slug, await citable(db));
  const { slug, status, version, revision } = draft;
  const title = listedTitle(check.ok ? check.module.title : (base?.title ?? titleIn(draft.files) ?? slug));
  const mayAuthor = can(actor, "content.author");
  const open = status === "editing" || status === "submitted";
  const people = [draft.createdBy, draft.updatedBy, draft.submittedBy, draft.decidedBy, ...draft.editors];
  return {
    head: { id, slug, title, base: base?.version ?? null, status, version, revision },
    draft,
    names: await namesOf(
      db,
      people.filter((one) => one !== null),
    ),
    newer: open && newest && newest.id !== draft.baseVersionId ? newest.version : null,
    newestId: newest?.id ?? null,
    check,
    mayWrite: mayAuthor && status === "editing",
    mayPublish: can(actor, "content.publish"),
    mayReadKeys: mayAuthor,
  };
}
