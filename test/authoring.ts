import { readFileSync } from "node:fs";
import type { Db } from "#db/client.server.ts";
import { assignRequirements } from "#app/domain/competence/assignment.server.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { createDraft, draftFor, saveText, seenAs } from "#app/domain/content/draft.server.ts";
import { submitDraft } from "#app/domain/content/draft-review.server.ts";
import { declared, type ModuleSource, parseSource } from "#app/domain/content/module-source.ts";
import { textAt } from "#app/domain/content/outline.ts";
import { publishContent } from "#app/domain/content/publish.server.ts";
import { editable, sectionsOf } from "#app/domain/content/section.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";
import { aRequirement } from "./course.ts";
import { actorFor, anOrganisation, aPerson } from "./factories.ts";
import { sampleContent } from "./sample.ts";

export const authoredSlug = "ai-for-people-managers";
const folder = `content/modules/${authoredSlug}`;

/** The files of a module, in the language it is written in, under a version that stays when the sample's goes on. */
export const authoredSource: ModuleSource = declared(
  Object.fromEntries(
    ["module.md", "items.yaml"].map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
  ),
  { version: "1.1.0", change: "editorial", changeNote: "Reworded." },
);
export const authoredModule = parseSource(authoredSource, "");

/** Publishes the module with what it cites, assigns it to everybody, and answers who can write and publish it. */
export async function anAuthorsWorld(tx: Db, now: Date) {
  await anOrganisation(tx);
  const noor = actorFor(
    await aPerson(tx, { id: "p-noor", name: "Noor Haddad", roles: ["employee", "author"] }),
  );
  const ines = actorFor(
    await aPerson(tx, { id: "p-ines", name: "Ines Carvalho", roles: ["employee", "hr"] }),
  );
  const sofia = actorFor(
    await aPerson(tx, { id: "p-sofia", name: "Sofia Brandt", roles: ["employee", "admin"] }),
  );
  const august = actorFor(await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] }));
  const mila = actorFor(await aPerson(tx, { id: "p-mila", name: "Mila Janssen" }));
  const { policies } = sampleContent();
  const sources = { [authoredSlug]: authoredSource };
  await publishContent(tx, { modules: [authoredModule], policies, sources }, now);
  await publishRequirements(tx, [{ ...aRequirement, module: authoredSlug }], now);
  await assignRequirements(tx, system, {}, now);
  return { noor, ines, sofia, august, mila };
}

/** Begins a draft and answers its id. */
export async function aDraft(tx: Db, actor: Actor, now: Date): Promise<string> {
  const made = await createDraft(tx, actor, authoredSlug, now);
  if (!made?.ok) throw new Error(`no draft: ${made?.reason}`);
  return made.id;
}

/** Saves the first lesson with one word more. */
export async function editFirstLesson(tx: Db, actor: Actor, draftId: string, now: Date): Promise<void> {
  const draft = await draftFor(tx, actor, draftId);
  const place = { file: "module.md", part: 1 };
  const text = textAt(draft?.files ?? {}, place) ?? "";
  const section = sectionsOf("module.md", draft?.files["module.md"] ?? "")[1];
  // Inside a stretch of text: another part would have to stand in every translation as well.
  const edited = (section ? editable(section) : "").replace("> **Story.**", "Ask twice.\n\n> **Story.**");
  const saved = await saveText(tx, actor, { draftId, place, seen: seenAs(text), text: edited }, now);
  if (!saved?.ok) throw new Error(`not saved: ${saved?.reason}`);
}

/** Submits a draft as a material or editorial change. */
export async function submitted(
  tx: Db,
  actor: Actor,
  draftId: string,
  of: { change: "material" | "editorial"; version: string },
  now: Date,
) {
  const revision = (await draftFor(tx, actor, draftId))?.revision ?? 0;
  return submitDraft(tx, actor, { draftId, revision, changeNote: "Ask twice before deciding.", ...of }, now);
}
