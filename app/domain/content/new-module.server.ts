import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { moduleDraft } from "#db/schema/content.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type NewModule, newModuleSource } from "./new-module.ts";
import { newestModule } from "./publish.server.ts";

/**
 * Begins a module that there is not yet, as a draft without a version to change. Refused where a module, or the draft of
 * one, has the slug.
 */
export async function createModule(
  db: Db,
  actor: Actor,
  input: NewModule,
  now: Date,
): Promise<{ ok: true; id: string } | { ok: false; reason: "slug_taken" }> {
  allow(actor, "content.author", {});
  const { slug } = input;
  return db.transaction(async (tx) => {
    if (await newestModule(tx, slug)) return { ok: false, reason: "slug_taken" };
    const [made] = await tx
      .insert(moduleDraft)
      .values({
        id: randomUUID(),
        slug,
        files: newModuleSource(input),
        revision: 1,
        status: "editing",
        createdBy: actor.id,
        createdAt: now,
        updatedBy: actor.id,
        updatedAt: now,
        // Who gave it its objectives has written on it.
        editors: [actor.id],
      })
      .onConflictDoNothing()
      .returning({ id: moduleDraft.id });
    if (!made) return { ok: false, reason: "slug_taken" };
    const { id } = made;
    const data = { slug, base: null };
    await recordEvents(
      tx,
      actor,
      [{ type: "module.draft_created", subjectType: "module_draft", subjectId: id, data }],
      now,
    );
    return { ok: true, id };
  });
}
