import { asc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { aiSystem } from "#db/schema/register.ts";
import type { NamedSystem } from "../content/reader.ts";
import { type Actor, allow } from "../people/permission.ts";
import { namedSystem } from "./reader.server.ts";

/** A registered system that a module about one can be previewed with. */
export type PreviewSystem = NamedSystem & { slug: string; highRisk: boolean };

/** The systems of the register as modules name them, those of high risk first, then by name. */
export async function previewSystems(db: Db, actor: Actor): Promise<PreviewSystem[]> {
  allow(actor, "content.read", {});
  const rows = await db
    .select({ slug: aiSystem.slug, body: aiSystem.body })
    .from(aiSystem)
    .orderBy(asc(aiSystem.slug));
  return rows
    .map(({ slug, body }) => ({
      slug,
      ...namedSystem(body),
      highRisk: body.highRiskArea !== undefined,
    }))
    .toSorted((a, b) => Number(b.highRisk) - Number(a.highRisk) || a.name.localeCompare(b.name));
}
