import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { reviewCase } from "#db/schema/cases.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { passage, passageWord } from "#db/schema/passage.ts";
import { person } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { publishSample, sampleContent } from "#test/sample.ts";
import { casesFile } from "../cases/case.ts";
import { publishCases } from "../cases/precedent.server.ts";
import { publishContent } from "../content/publish.server.ts";
import { parseModule, parseYaml } from "../content/source.ts";
import { publishRegister } from "../register/ai-system.server.ts";
import { readFileSync } from "node:fs";
import { indexPassages } from "./passage.server.ts";
import { retrieve } from "./retrieval.server.ts";

const now = new Date("2026-11-24T08:00:00Z");
const later = new Date("2026-11-24T09:00:00Z");
const today = "2026-11-24";

const sampleCases = () =>
  parseYaml(readFileSync("content/cases.yaml", "utf8"), casesFile, "cases.yaml").cases;

onBothEngines("the passages", (database) => {
  it("say the same as before when nothing changed, and are left alone", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const before = await tx.select({ id: passage.id, at: passage.updatedAt }).from(passage);
      expect(before.length).toBeGreaterThan(80);
      expect(await indexPassages(tx, later)).toEqual({ written: 0, removed: 0 });
      expect(await tx.select({ id: passage.id, at: passage.updatedAt }).from(passage)).toEqual(before);
    }));

  it("follow the register: an entry that changes is written anew, alone, and its words are counted", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const systems = sampleContent().systems.map((s) =>
        s.slug === "quillmate" ? { ...s, hosting: "A submarine off Zandvoort" } : s,
      );
      await publishRegister(tx, systems, later);
      expect(await indexPassages(tx, later)).toEqual({ written: 1, removed: 0 });
      const search = { text: "Is there a submarine?", language: "en" as const, today, limit: 1 };
      expect((await retrieve(tx, search)).hits[0]?.ref).toBe("quillmate");
      await publishRegister(tx, sampleContent().systems, later);
      await indexPassages(tx, later);
      expect(await tx.select().from(passageWord).where(eq(passageWord.word, "submarin"))).toEqual([]);
    }));

  it("make decided cases precedents without anybody's name", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const [entry] = sampleCases();
      if (!entry) throw new Error("content/cases.yaml has no case");
      const question =
        "Dana Whitfield (dana@aldermoor.example, +31 6 1234 5678) wants to score moods with Moodlight";
      await publishCases(tx, [{ ...entry, question }], now);
      await tx.update(person).set({ name: "Dana Whitfield" }).where(eq(person.id, "p-dana"));
      await indexPassages(tx, now);
      const [row] = await tx.select().from(passage).where(eq(passage.kind, "precedent"));
      expect(row?.title).toBe(
        "[name] ([e-mail address], [phone number]) wants to score moods with Moodlight",
      );
      expect(row?.text).toContain("Decision: Rejected");
      const people = await tx.select({ name: person.name }).from(person);
      const said = `${row?.title} ${row?.text}`;
      expect(people.filter((p) => said.includes(p.name))).toEqual([]);
      expect(said).not.toContain("p-dana");
      const search = { text: "score moods", language: "en" as const, today, limit: 5 };
      expect((await retrieve(tx, search)).hits.map((h) => h.kind)).toContain("precedent");
    }));

  it("drop a case that is open again", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      await publishCases(tx, sampleCases().slice(0, 1), now);
      await indexPassages(tx, now);
      await tx.update(reviewCase).set({ status: "open" });
      expect(await indexPassages(tx, later)).toEqual({ written: 0, removed: 1 });
    }));

  it("hold the lessons of the newest version of a module, without its questions", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, now);
      const folder = "content/modules/ai-awareness";
      const files = { module: `${folder}/module.md`, items: `${folder}/items.yaml` };
      const module = parseModule(
        readFileSync(files.module, "utf8"),
        readFileSync(files.items, "utf8"),
        files,
      );
      await publishContent(tx, { modules: [module], policies: [] }, now);
      await indexPassages(tx, now);
      const next = { ...module, version: "99.0.0", lessons: module.lessons.slice(0, 1) };
      await publishContent(tx, { modules: [next], policies: [] }, later);
      expect(await indexPassages(tx, later)).toEqual({ written: 1, removed: module.lessons.length });
      const [row] = await tx.select().from(passage).where(eq(passage.kind, "lesson"));
      const [version] = await tx
        .select({ id: moduleVersion.id })
        .from(moduleVersion)
        .where(and(eq(moduleVersion.slug, module.slug), eq(moduleVersion.version, "99.0.0")));
      expect(row?.sourceId).toBe(`${version?.id}/${module.lessons[0]?.id}`);
      const questions = module.lessons[0]?.parts.flatMap((p) => (p.kind === "question" ? [p.item.stem] : []));
      for (const question of questions ?? []) expect(row?.text).not.toContain(question);
    }));
});
