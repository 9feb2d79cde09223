import { desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { type Actor, allow } from "../people/permission.ts";
import { namesOf } from "./draft.server.ts";
import { moduleChanges, moduleTexts, type PartChange } from "./module-diff.ts";
import { moduleById, sourceOf } from "./publish.server.ts";

/** A published version as the list of them shows it. */
export type ListedVersion = {
  id: string;
  version: string;
  material: boolean;
  changeNote: string;
  approver: string;
  publishedAt: Date;
};

/** The published versions of a module, newest first; empty where there is none of that name. */
export async function versionsOf(db: Db, actor: Actor, slug: string): Promise<ListedVersion[]> {
  allow(actor, "content.read", {});
  const rows = await db
    .select({
      id: moduleVersion.id,
      version: moduleVersion.version,
      material: moduleVersion.material,
      changeNote: moduleVersion.changeNote,
      approverId: moduleVersion.approverId,
      publishedAt: moduleVersion.publishedAt,
    })
    .from(moduleVersion)
    .where(eq(moduleVersion.slug, slug))
    .orderBy(desc(moduleVersion.publishedAt));
  const names = await namesOf(
    db,
    rows.map((row) => row.approverId),
  );
  return rows.map(({ approverId, ...row }) => ({ ...row, approver: names.get(approverId) ?? approverId }));
}

/** What differs between two published versions; null where the text of one was not kept. The texts hold answer keys. */
export async function changesBetween(db: Db, from: string, to: string): Promise<PartChange[] | null> {
  const [before, after] = await Promise.all([from, to].map((id) => textsOf(db, id)));
  return before && after ? moduleChanges(before, after) : null;
}

async function textsOf(db: Db, id: string) {
  const [version, source] = [await moduleById(db, id), await sourceOf(db, id)];
  return version && source ? moduleTexts(version.body, source) : null;
}
