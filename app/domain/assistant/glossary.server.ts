import { eq } from "drizzle-orm";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "#db/client.server.ts";
import { passage, passageIndex } from "#db/schema/passage.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { ContentError, parseYaml } from "../content/source.ts";
import { type AskedIndex, askedIndex } from "./asked.ts";
import { askedFile, type Bridge, bridgeOf, type Glossary, glossaryFile, noGlossary } from "./glossary.ts";

/** Reads `rules/glossary.yaml` of a content folder, and `rules/asked.yaml` where there is one. Throws {@link ContentError} with file, line and reason. */
export function loadGlossary(dir: string): Glossary {
  const file = join(dir, "rules", "glossary.yaml");
  if (!existsSync(file)) throw new ContentError(file, 1, "this file is missing");
  const glossary = parseYaml(readFileSync(file, "utf8"), glossaryFile, file);
  const examples = join(dir, "rules", "asked.yaml");
  if (!existsSync(examples)) return glossary;
  return { ...glossary, asked: parseYaml(readFileSync(examples, "utf8"), askedFile, examples) };
}

/** Makes a glossary the current one, in the caller's transaction; answers the audit entries to record, none when it is already. */
export async function publishGlossary(tx: Db, glossary: Glossary): Promise<AuditEntry[]> {
  const hash = sha256(canonicalJson(glossary));
  const [known] = await tx.select({ hash: passageIndex.glossaryHash }).from(passageIndex);
  if (known?.hash === hash) return [];
  const row = { glossary, glossaryHash: hash };
  await tx
    .insert(passageIndex)
    .values({ id: 1, passages: 0, ...row })
    .onConflictDoUpdate({ target: passageIndex.id, set: row });
  // Examples of questions are part of a passage's vectors.
  await tx.update(passage).set({ embeddingModel: null });
  const data = { slug: "glossary", version: hash.slice(0, 12), hash };
  return [{ type: "content.published", subjectType: "glossary", subjectId: hash, data }];
}

/** A glossary made ready for look-ups; `hash` is its name. */
type Current = { hash: string; bridge: Bridge; asked: AskedIndex };

// A glossary is known by its hash, so what was prepared once may be kept.
let kept: Current | undefined;

/** The current glossary made ready for look-ups, and how many passages there are. */
export async function currentBridge(db: Db): Promise<Current & { passages: number }> {
  const [row] = await db
    .select({ hash: passageIndex.glossaryHash, passages: passageIndex.passages })
    .from(passageIndex)
    .where(eq(passageIndex.id, 1));
  if (!row) return { ...prepared("", noGlossary), passages: 0 };
  if (kept?.hash !== row.hash) {
    const [found] = await db.select({ glossary: passageIndex.glossary }).from(passageIndex);
    kept = prepared(row.hash, found?.glossary ?? noGlossary);
  }
  return { ...kept, passages: row.passages };
}

/** `asked` is missing in a glossary that was published before there were examples. */
function prepared(
  hash: string,
  { asked = {}, ...glossary }: Omit<Glossary, "asked"> & Partial<Glossary>,
): Current {
  return { hash, bridge: bridgeOf({ ...glossary, asked }), asked: askedIndex(asked) };
}
