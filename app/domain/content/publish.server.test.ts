import { expect, it } from "vitest";
import { moduleVersion, policyVersion } from "#db/schema/content.ts";
import { aModule, aPolicy } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import {
  clausesOf,
  moduleById,
  modulesBehind,
  newestModule,
  policiesInForce,
  policyInForce,
  policyVersions,
  publishContent,
  sourceOf,
  VersionClash,
} from "./publish.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const later = new Date("2026-11-24T10:00:00Z");

onBothEngines("publishing content", (database) => {
  it("writes what is new once, and says what it wrote", () =>
    database.rolledBack(async (tx) => {
      const content = { modules: [aModule()], policies: [aPolicy()] };
      const entries = await publishContent(tx, content, now);
      expect(entries.map((e) => [e.type, e.subjectType, e.data])).toEqual([
        ["content.published", "module", expect.objectContaining({ slug: "ai-awareness", version: "1.0.0" })],
        ["content.published", "policy", expect.objectContaining({ slug: "ai-policy", version: "1.0" })],
      ]);
      expect(await publishContent(tx, content, later)).toEqual([]);
      expect(await tx.$count(moduleVersion)).toBe(1);
      expect(await tx.$count(policyVersion)).toBe(1);
    }));

  it("never changes a published version", () =>
    database.rolledBack(async (tx) => {
      await publishContent(tx, { modules: [aModule()], policies: [aPolicy()] }, now);
      const changed = [
        { modules: [aModule({ title: "Another title" })], policies: [] },
        { modules: [], policies: [aPolicy({ body: "### 1.1 Purpose\n\nWe use AI freely." })] },
      ];
      for (const content of changed)
        await expect(publishContent(tx, content, later)).rejects.toThrow(VersionClash);
      await expect(publishContent(tx, changed[0] ?? { modules: [], policies: [] }, later)).rejects.toThrow(
        "The text of module ai-awareness version 1.0.0 differs from what was published under that version. Give it a new version number.",
      );
    }));

  it("keeps the old version when a new one comes", () =>
    database.rolledBack(async (tx) => {
      await publishContent(tx, { modules: [aModule()], policies: [] }, now);
      const first = await newestModule(tx, "ai-awareness");
      const changed = aModule({ version: "1.1.0", title: "AI awareness, renewed" });
      await publishContent(tx, { modules: [changed], policies: [] }, later);
      expect(await newestModule(tx, "ai-awareness")).toMatchObject({ version: "1.1.0" });
      expect(await moduleById(tx, first?.id ?? "")).toMatchObject({
        version: "1.0.0",
        title: "AI awareness",
      });
      expect(await newestModule(tx, "nothing")).toBeNull();
    }));

  it("leaves a module of the folder alone that is behind what is published, and says so", () =>
    database.rolledBack(async (tx) => {
      const newer = aModule({ version: "2.0.0" });
      await publishContent(tx, { modules: [newer], policies: [] }, now);
      const older = aModule({ version: "1.9.0", title: "Never published" });
      expect(await modulesBehind(tx, [newer])).toEqual([]);
      expect(await publishContent(tx, { modules: [older], policies: [] }, later)).toEqual([]);
      expect(await newestModule(tx, "ai-awareness")).toMatchObject({ version: "2.0.0" });
      expect(await modulesBehind(tx, [older])).toEqual([
        { slug: "ai-awareness", folder: "1.9.0", published: "2.0.0" },
      ]);
      const next = aModule({ version: "2.0.1" });
      expect(await publishContent(tx, { modules: [next], policies: [] }, later)).toHaveLength(1);
    }));

  it("keeps what a module was read from, also of a version published before", () =>
    database.rolledBack(async (tx) => {
      await publishContent(tx, { modules: [aModule()], policies: [] }, now);
      const id = (await newestModule(tx, "ai-awareness"))?.id ?? "";
      expect(await sourceOf(tx, id)).toBeNull();
      const sources = { "ai-awareness": { "module.md": "…", "items.yaml": "…" } };
      expect(await publishContent(tx, { modules: [aModule()], policies: [], sources }, later)).toEqual([]);
      expect(await sourceOf(tx, id)).toEqual(sources["ai-awareness"]);
      const others = { "ai-awareness": { "module.md": "other" } };
      await publishContent(tx, { modules: [aModule()], policies: [], sources: others }, later);
      expect(await sourceOf(tx, id)).toEqual(sources["ai-awareness"]);
    }));

  it("answers which policy is in force on a day, with its clauses", () =>
    database.rolledBack(async (tx) => {
      const text = "We use AI with more care.";
      const policies = [
        aPolicy(),
        aPolicy({
          version: "2.0",
          effectiveFrom: "2026-12-01",
          clauses: [
            { number: "1.1", heading: "Purpose", text },
            { number: "1.2", heading: "Scope", text: "Everybody." },
          ],
        }),
        aPolicy({ slug: "later-policy", effectiveFrom: "2027-01-01" }),
      ];
      await publishContent(tx, { modules: [], policies }, now);
      expect((await policyVersions(tx, "ai-policy")).map((v) => v.version)).toEqual(["2.0", "1.0"]);
      expect(await policyInForce(tx, "ai-policy", "2026-11-30")).toMatchObject({ version: "1.0" });
      const current = await policyInForce(tx, "ai-policy", "2026-12-01");
      expect(current).toMatchObject({ version: "2.0" });
      expect((await clausesOf(tx, current?.id ?? "")).map((c) => [c.number, c.text])).toEqual([
        ["1.1", text],
        ["1.2", "Everybody."],
      ]);
      expect(await policyInForce(tx, "ai-policy", "2025-12-31")).toBeNull();
      expect((await policiesInForce(tx, "2026-12-31")).map((v) => v.slug)).toEqual(["ai-policy"]);
    }));
});
