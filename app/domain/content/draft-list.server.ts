import { desc, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleDraft, moduleVersion } from "#db/schema/content.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type Draft, namesOf } from "./draft.server.ts";
import { listedTitle } from "./reader.ts";
import { titleIn } from "./wording.ts";

/** A module as authors see it in their list: what is published, and the draft that is open. */
export type AuthoredModule = {
  slug: string;
  title: string;
  /** Null where no version is published yet; there is a draft of it then. */
  version: string | null;
  publishedAt: Date | null;
  draft: (Pick<Draft, "id" | "status" | "updatedAt"> & { updatedBy: string }) | null;
};

/** The modules there are and those that are begun, by title, with their open drafts. */
export async function authoredModules(db: Db, actor: Actor): Promise<AuthoredModule[]> {
  allow(actor, "content.read", {});
  const newest = await db
    .selectDistinctOn([moduleVersion.slug], {
      slug: moduleVersion.slug,
      title: moduleVersion.title,
      version: moduleVersion.version,
      publishedAt: moduleVersion.publishedAt,
    })
    .from(moduleVersion)
    .orderBy(moduleVersion.slug, desc(moduleVersion.publishedAt));
  const drafts = await db
    .select({
      id: moduleDraft.id,
      slug: moduleDraft.slug,
      status: moduleDraft.status,
      updatedAt: moduleDraft.updatedAt,
      updatedBy: moduleDraft.updatedBy,
      head: sql<string>`${moduleDraft.files} ->> 'module.md'`,
    })
    .from(moduleDraft)
    .where(inArray(moduleDraft.status, ["editing", "submitted"]));
  const names = await namesOf(
    db,
    drafts.map((draft) => draft.updatedBy),
  );
  const published = new Set(newest.map((module) => module.slug));
  const begun = drafts
    .filter((draft) => !published.has(draft.slug))
    .map(({ slug, head }) => ({
      slug,
      title: titleIn({ "module.md": head }) ?? slug,
      version: null,
      publishedAt: null,
    }));
  return [...newest, ...begun]
    .map((module) => ({ ...module, title: listedTitle(module.title) }))
    .map((module) => {
      const open = drafts.find((draft) => draft.slug === module.slug);
      if (!open) return { ...module, draft: null };
      const { id, status, updatedAt, updatedBy } = open;
      return { ...module, draft: { id, status, updatedAt, updatedBy: names.get(updatedBy) ?? updatedBy } };
    })
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

/** A draft that has ended, for the list of what was done. */
export type EndedDraft = Pick<Draft, "id" | "slug" | "status" | "version" | "decidedAt"> & {
  decidedBy: string;
};

/** The drafts that were published or withdrawn, newest first, twenty of them. */
export async function endedDrafts(db: Db, actor: Actor): Promise<EndedDraft[]> {
  allow(actor, "content.read", {});
  const rows = await db
    .select({
      id: moduleDraft.id,
      slug: moduleDraft.slug,
      status: moduleDraft.status,
      version: moduleDraft.version,
      decidedAt: moduleDraft.decidedAt,
      decidedBy: moduleDraft.decidedBy,
    })
    .from(moduleDraft)
    .where(inArray(moduleDraft.status, ["published", "withdrawn"]))
    .orderBy(desc(moduleDraft.decidedAt))
    .limit(20);
  const names = await namesOf(
    db,
    rows.flatMap((row) => row.decidedBy ?? []),
  );
  return rows.map((row) => ({ ...row, decidedBy: names.get(row.decidedBy ?? "") ?? row.decidedBy ?? "" }));
}
