import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { moduleVersion } from "#db/schema/content.ts";
import {
  aDraft,
  anAuthorsWorld,
  authoredModule,
  authoredSlug,
  authoredSource,
  editFirstLesson,
  submitted,
} from "#test/authoring.ts";
import { onBothEngines } from "#test/database.ts";
import { Forbidden } from "../people/permission.ts";
import { authoredModules, endedDrafts } from "./draft-list.server.ts";
import { changeOutline, citable, createDraft, draftFor, saveText, seenAs } from "./draft.server.ts";
import { checkDraft } from "./draft-check.ts";
import { returnDraft, takeBackDraft, takeInNewest, withdrawDraft } from "./draft-review.server.ts";
import { parseSource } from "./module-source.ts";
import { textAt } from "./outline.ts";
import { publishContent } from "./publish.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T10:00:00Z");
const place = { file: "items.yaml", part: 1 };

onBothEngines("drafts of modules", (database) => {
  it("begin with the files of the newest version, one at a time for each module", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines, august, mila } = await anAuthorsWorld(tx, now);
      expect(await authoredModules(tx, august)).toMatchObject([{ slug: authoredSlug, draft: null }]);
      const draftId = await aDraft(tx, noor, later);
      expect(await draftFor(tx, august, draftId)).toMatchObject({
        files: authoredSource,
        status: "editing",
        revision: 1,
        editors: [],
      });
      expect(await authoredModules(tx, noor)).toMatchObject([
        { version: authoredModule.version, draft: { id: draftId, updatedBy: "Noor Haddad" } },
      ]);
      expect(await createDraft(tx, ines, authoredSlug, later)).toEqual({ ok: false, reason: "open_draft" });
      expect(await createDraft(tx, ines, "nothing", later)).toBeNull();
      await expect(createDraft(tx, august, authoredSlug, later)).rejects.toThrow(Forbidden);
      await expect(draftFor(tx, mila, draftId)).rejects.toThrow(Forbidden);
      await expect(authoredModules(tx, mila)).rejects.toThrow(Forbidden);
      await tx.update(moduleVersion).set({ source: null });
      expect(await withdrawDraft(tx, noor, { draftId, revision: 1 }, later)).toEqual({ ok: true });
      expect(await createDraft(tx, ines, authoredSlug, later)).toEqual({ ok: false, reason: "no_source" });
      expect(await endedDrafts(tx, august)).toMatchObject([
        { status: "withdrawn", decidedBy: "Noor Haddad" },
      ]);
    }));

  it("never overwrite unseen what somebody else saved in the meantime", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      const before = textAt(authoredSource, place) ?? "";
      const save = (actor: typeof noor, seen: string, text: string, where = place) =>
        saveText(tx, actor, { draftId, place: where, seen, text }, later);
      const first = await save(noor, seenAs(before), "id: pm-001\nstem: Noor’s");
      if (!first?.ok) throw new Error("not saved");
      const second = await save(ines, seenAs(before), "id: pm-001\nstem: Ines’s");
      expect(second).toMatchObject({
        ok: false,
        reason: "stale",
        by: "Noor Haddad",
        at: later,
        seen: first.seen,
      });
      expect(second).toMatchObject({ theirs: expect.stringContaining("Noor’s") });
      // Elsewhere in the file nothing stands in the way.
      const other = { file: "items.yaml", part: 2 };
      const seen = seenAs(textAt(authoredSource, other) ?? "");
      expect(await save(ines, seen, "id: pm-002\nstem: Other", other)).toMatchObject({ ok: true });
      expect(await save(ines, first.seen, "id: pm-001\nstem: Ines’s")).toMatchObject({ ok: true });
      const draft = await draftFor(tx, noor, draftId);
      expect(draft).toMatchObject({ revision: 4, editors: ["p-noor", "p-ines"], updatedBy: "p-ines" });
      expect(textAt(draft?.files ?? {}, place)).toContain("Ines’s");
      expect(textAt(draft?.files ?? {}, other)).toContain("Other");
    }));

  it("find a section where it has moved to, and say when it is gone", () =>
    database.rolledBack(async (tx) => {
      const { noor } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      const seen = seenAs(textAt(authoredSource, place) ?? "");
      const move = { kind: "move", file: "items.yaml", part: 1, by: 1 } as const;
      expect(await changeOutline(tx, noor, { draftId, revision: 1, change: move }, later)).toEqual({
        ok: true,
      });
      expect(await changeOutline(tx, noor, { draftId, revision: 1, change: move }, later)).toEqual({
        ok: false,
        reason: "stale",
      });
      const moved = await saveText(tx, noor, { draftId, place, seen, text: "id: pm-001" }, later);
      expect(moved).toMatchObject({ ok: true, part: 2 });
      const all = { draftId, place: { file: "items.yaml", part: 999 }, seen, text: "id: x" };
      expect(await saveText(tx, noor, all, later)).toEqual({ ok: false, reason: "missing" });
    }));

  it("may be faulty while they are written, and are submitted when they are not, with a higher version", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      const material = { change: "material", version: "2.0.0" } as const;
      expect(await submitted(tx, noor, draftId, material, later)).toEqual({ ok: false, reason: "unchanged" });
      const seen = seenAs(textAt(authoredSource, place) ?? "");
      const broken = await saveText(tx, noor, { draftId, place, seen, text: "id: pm-001\nstem: [" }, later);
      if (!broken?.ok) throw new Error("not saved");
      const draft = await draftFor(tx, noor, draftId);
      expect(checkDraft(draft?.files ?? {}, authoredSlug, await citable(tx))).toMatchObject({
        ok: false,
        fault: { file: "items.yaml", part: expect.any(Number) },
      });
      expect(await submitted(tx, noor, draftId, material, later)).toEqual({ ok: false, reason: "faulty" });
      const text = (textAt(authoredSource, place) ?? "").replace(/^\s*#.*\n\s*- /, "").replace(/^\s*- /, "");
      await saveText(tx, noor, { draftId, place, seen: broken.seen, text }, later);
      await editFirstLesson(tx, noor, draftId, later);
      const low = { ...material, version: authoredModule.version };
      expect(await submitted(tx, noor, draftId, low, later)).toEqual({ ok: false, reason: "version_taken" });
      expect(await submitted(tx, noor, draftId, material, later)).toEqual({ ok: true });
      const waiting = await draftFor(tx, ines, draftId);
      expect(waiting).toMatchObject({ status: "submitted", submittedBy: "p-noor", version: "2.0.0" });
      expect(parseSource(waiting?.files ?? {}, "")).toMatchObject({ version: "2.0.0", change: "material" });
      const again = await saveText(tx, noor, { draftId, place, seen, text }, later);
      expect(again).toEqual({ ok: false, reason: "not_editing" });
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "module.draft_submitted"));
      expect(event?.data).toMatchObject({
        version: "2.0.0",
        editors: ["p-noor"],
        hash: expect.stringMatching(/^\w{64}$/),
      });
    }));

  it("come back with a reason from a second person, or without one to their authors", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await editFirstLesson(tx, noor, draftId, later);
      await submitted(tx, noor, draftId, { change: "editorial", version: "1.9.9" }, later);
      const revision = async () => (await draftFor(tx, noor, draftId))?.revision ?? 0;
      const back = { draftId, revision: await revision(), reason: "The second lesson is too long." };
      await expect(returnDraft(tx, noor, back, later)).rejects.toThrow(Forbidden);
      expect(await returnDraft(tx, ines, { ...back, revision: 1 }, later)).toEqual({
        ok: false,
        reason: "stale",
      });
      expect(await returnDraft(tx, ines, back, later)).toEqual({ ok: true });
      expect(await draftFor(tx, noor, draftId)).toMatchObject({
        status: "editing",
        returnReason: back.reason,
      });
      await submitted(tx, noor, draftId, { change: "editorial", version: "1.9.9" }, later);
      expect(await draftFor(tx, noor, draftId)).toMatchObject({ status: "submitted", returnReason: null });
      expect(await takeBackDraft(tx, noor, { draftId, revision: await revision() }, later)).toEqual({
        ok: true,
      });
      expect(await draftFor(tx, noor, draftId)).toMatchObject({ status: "editing" });
    }));

  it("wait for their authors when another version was published meanwhile", () =>
    database.rolledBack(async (tx) => {
      const { noor } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await editFirstLesson(tx, noor, draftId, later);
      const next = { ...authoredModule, version: "1.5.0" };
      await publishContent(
        tx,
        { modules: [next], policies: [], sources: { [authoredSlug]: authoredSource } },
        later,
      );
      const of = { change: "editorial", version: "1.6.0" } as const;
      expect(await submitted(tx, noor, draftId, of, later)).toEqual({ ok: false, reason: "base_changed" });
      expect(await takeInNewest(tx, noor, { draftId, revision: 2 })).toEqual({ ok: true });
      expect(await submitted(tx, noor, draftId, of, later)).toEqual({ ok: true });
    }));
});
