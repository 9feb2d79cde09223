import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { auditEvent } from "#db/schema/audit.ts";
import {
  aDraft,
  anAuthorsWorld,
  authoredModule,
  authoredSlug,
  authoredSource,
  editFirstLesson,
  submitted,
} from "#test/authoring.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { assignRequirements } from "../competence/assignment.server.ts";
import { publishDraft } from "../competence/module-publication.server.ts";
import { publishRequirements } from "../competence/requirement.server.ts";
import { Forbidden, system } from "../people/permission.ts";
import { authoredModules } from "./draft-list.server.ts";
import { createDraft, draftFor, saveText, seenAs } from "./draft.server.ts";
import { addTranslation, confirmTranslation, removeTranslation } from "./draft-translation.server.ts";
import { draftView } from "./draft-view.server.ts";
import { newModuleSource } from "./new-module.ts";
import { createModule } from "./new-module.server.ts";
import { splitHead } from "./source.ts";
import { modulesBehind, newestModule, publishContent } from "./publish.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T10:00:00Z");
const slug = "ai-at-the-front-desk";
const begun = {
  slug,
  title: "AI at the front desk",
  summary: "What the front desk may ask of AI.",
  audiences: [],
  objectives: authoredModule.objectives.map((one) => one.text),
  minutes: 12,
  passMark: 0.8,
};

type World = Awaited<ReturnType<typeof anAuthorsWorld>>;

async function aModule(tx: Db, actor: World["noor"]): Promise<string> {
  const made = await createModule(tx, actor, begun, now);
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}

/** Writes the lessons and items of another module into a draft. */
async function written(tx: Db, actor: World["noor"], draftId: string): Promise<void> {
  const { head } = splitHead(newModuleSource(begun)["module.md"] ?? "", "");
  const { body } = splitHead(authoredSource["module.md"] ?? "", "");
  const texts = {
    "module.md": `---\n${head}\n---\n${body}`,
    "items.yaml": authoredSource["items.yaml"] ?? "",
  };
  for (const [file, text] of Object.entries(texts)) {
    const seen = seenAs((await draftFor(tx, actor, draftId))?.files[file] ?? "");
    const saved = await saveText(tx, actor, { draftId, place: { file, part: "all" }, seen, text }, now);
    if (!saved?.ok) throw new Error(saved?.reason);
  }
}

onBothEngines("a new module", (database) => {
  it("is begun once under a name that no module has, and listed before it is published", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines, august, mila } = await anAuthorsWorld(tx, now);
      const id = await aModule(tx, noor);
      expect(await createModule(tx, ines, begun, now)).toEqual({ ok: false, reason: "slug_taken" });
      const known = { ...begun, slug: authoredSlug };
      expect(await createModule(tx, ines, known, now)).toEqual({ ok: false, reason: "slug_taken" });
      for (const actor of [august, mila])
        await expect(createModule(tx, actor, { ...begun, slug: "other" }, now)).rejects.toThrow(Forbidden);
      expect(await createDraft(tx, ines, slug, now)).toBeNull();
      expect(await authoredModules(tx, august)).toMatchObject([
        { slug, title: begun.title, version: null, draft: { id, updatedBy: "Noor Haddad" } },
        { slug: authoredSlug, version: authoredModule.version, draft: null },
      ]);
      expect(await draftView(tx, noor, id)).toMatchObject({
        head: { base: null, title: begun.title },
        check: { ok: false, fault: { file: "module.md" } },
      });
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "module.draft_created"));
      expect(event?.data).toEqual({ slug, base: null });
    }));

  it("is published as 1.0.0 by a second person, stays at the next start and can be required", () =>
    database.rolledBack(async (tx) => {
      const { noor, sofia } = await anAuthorsWorld(tx, now);
      const draftId = await aModule(tx, noor);
      const of = { change: "material", version: "1.0.0" } as const;
      expect(await submitted(tx, noor, draftId, of, now)).toEqual({ ok: false, reason: "faulty" });
      await written(tx, noor, draftId);
      const high = { ...of, version: "2.0.0" };
      expect(await submitted(tx, noor, draftId, high, now)).toEqual({ ok: false, reason: "first_version" });
      expect(await submitted(tx, noor, draftId, of, now)).toEqual({ ok: true });
      const { revision = 0 } = (await draftFor(tx, noor, draftId)) ?? {};
      const admin = { ...noor, roles: ["admin" as const] };
      expect(await publishDraft(tx, admin, { draftId, revision }, later)).toEqual({
        ok: false,
        reason: "own_work",
      });
      expect(await publishDraft(tx, sofia, { draftId, revision }, later)).toMatchObject({
        ok: true,
        version: "1.0.0",
        effect: { ending: 0, reassigned: 0 },
      });
      const folder = { modules: [authoredModule], policies: [], sources: { [authoredSlug]: authoredSource } };
      expect(await publishContent(tx, folder, later)).toEqual([]);
      expect(await modulesBehind(tx, folder.modules)).toEqual([]);
      const newest = await newestModule(tx, slug);
      expect(newest).toMatchObject({ version: "1.0.0", approverId: "p-sofia", material: true });
      const required = { ...aRequirement, slug: "front-desk-yearly", module: slug };
      await publishRequirements(tx, [required], later);
      await assignRequirements(tx, system, {}, later);
      const assigned = await tx.select().from(period).where(eq(period.requirementSlug, required.slug));
      expect(assigned.length).toBeGreaterThan(0);
      expect(await createDraft(tx, noor, slug, later)).toMatchObject({ ok: true });
    }));
});

onBothEngines("translations of a draft", (database) => {
  it("are added with the English texts, cannot be submitted so, and are deleted", () =>
    database.rolledBack(async (tx) => {
      const { noor, august } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      const german = { draftId, revision: 1, language: "de" } as const;
      await expect(addTranslation(tx, august, german, later)).rejects.toThrow(Forbidden);
      await expect(removeTranslation(tx, august, german, later)).rejects.toThrow(Forbidden);
      expect(await removeTranslation(tx, noor, german, later)).toEqual({ ok: false, reason: "missing" });
      expect(await addTranslation(tx, noor, german, later)).toEqual({ ok: true });
      expect(await addTranslation(tx, noor, german, later)).toEqual({ ok: false, reason: "stale" });
      const view = await draftView(tx, noor, draftId);
      expect(Object.keys(view?.draft.files ?? {})).toContain("items.de.yaml");
      expect(view?.check).toMatchObject({
        ok: false,
        fault: { file: "module.de.md", line: 3, reason: expect.stringContaining("still English") },
      });
      const of = { change: "editorial", version: "1.9.9" } as const;
      expect(await submitted(tx, noor, draftId, of, later)).toEqual({ ok: false, reason: "faulty" });
      const gone = { ...german, revision: view?.head.revision ?? 0 };
      expect(await removeTranslation(tx, noor, gone, later)).toEqual({ ok: true });
      const draft = await draftFor(tx, noor, draftId);
      expect(draft).toMatchObject({ files: authoredSource, followed: {} });
      expect(await submitted(tx, noor, draftId, of, later)).toEqual({ ok: false, reason: "unchanged" });
    }));

  it("are told to follow an English text that changes, until somebody says that they fit", () =>
    database.rolledBack(async (tx) => {
      const { noor, august } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await addTranslation(tx, noor, { draftId, revision: 1, language: "fr" }, later);
      await editFirstLesson(tx, noor, draftId, later);
      const lesson = `fr lesson ${authoredModule.lessons[0]?.id}`;
      const revision = async () => (await draftFor(tx, noor, draftId))?.revision ?? 0;
      const confirm = async (key: string) =>
        confirmTranslation(tx, noor, { draftId, key, revision: await revision() }, later);
      const refused = { draftId, key: lesson, revision: 0 };
      await expect(confirmTranslation(tx, august, refused, later)).rejects.toThrow(Forbidden);
      expect(await confirmTranslation(tx, noor, refused, later)).toEqual({ ok: false, reason: "stale" });
      expect(await confirm("fr head")).toEqual({ ok: false, reason: "missing" });
      expect(await confirm(lesson)).toEqual({ ok: true });
      expect(await confirm(lesson)).toEqual({ ok: false, reason: "missing" });
    }));
});
