import { expect, it } from "vitest";
import { aDraft, anAuthorsWorld, authoredSlug, editFirstLesson } from "#test/authoring.ts";
import { onBothEngines } from "#test/database.ts";
import { Forbidden } from "../people/permission.ts";
import { changeOutline, draftFor } from "./draft.server.ts";
import { withdrawDraft } from "./draft-review.server.ts";
import { addPartNote, markPartRead, settlePartNote, shownReview } from "./part-review.server.ts";
import { changesBetween, versionsOf } from "./version-list.server.ts";

const now = new Date("2026-11-30T10:00:00Z");

onBothEngines("the review of a draft", (database) => {
  const part = "lesson decisions-about-people";

  it("holds notes and readings of those who write or publish, until the draft ends", async () => {
    await database.rolledBack(async (tx) => {
      const { noor, ines, august, mila } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await editFirstLesson(tx, noor, draftId, now);
      const before = await draftFor(tx, noor, draftId);
      for (const stranger of [august, mila])
        await expect(addPartNote(tx, stranger, { draftId, part, text: "?" }, now)).rejects.toThrow(Forbidden);
      expect(await addPartNote(tx, ines, { draftId, part, text: "Why so?" }, now)).toEqual({ ok: true });
      expect(await markPartRead(tx, ines, { draftId, part, text: "t" }, now)).toEqual({ ok: true });
      const after = await draftFor(tx, noor, draftId);
      // Nobody's save is refused for a note.
      expect(after?.revision).toBe(before?.revision);
      if (!after) throw new Error("no draft");
      const { notes, reads } = await shownReview(tx, after);
      expect([notes, reads]).toMatchObject([
        [{ part, text: "Why so?", by: "Ines Carvalho", settledBy: null }],
        [{ part, by: "Ines Carvalho" }],
      ]);
      const note = notes[0]?.id ?? "";
      await settlePartNote(tx, noor, { draftId, note, open: false });
      const settled = await draftFor(tx, noor, draftId);
      expect(settled && (await shownReview(tx, settled)).notes[0]?.settledBy).toBe("Noor Haddad");
      await withdrawDraft(tx, noor, { draftId, revision: settled?.revision ?? 0 }, now);
      expect(await addPartNote(tx, ines, { draftId, part, text: "Late." }, now)).toMatchObject({ ok: false });
    });
  });

  it("is of drafts whose figures are added and taken away", async () => {
    await database.rolledBack(async (tx) => {
      const { noor } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      const file = "figures/decisions-about-people.svg";
      const change = (kind: "add-figure" | "remove-figure", of: string, revision: number) =>
        changeOutline(tx, noor, { draftId, revision, change: { kind, file: of } }, now);
      expect(await change("add-figure", "figures/nobody.svg", 1)).toEqual({ ok: false, reason: "missing" });
      expect(await change("add-figure", file, 1)).toEqual({ ok: true });
      expect((await draftFor(tx, noor, draftId))?.files[file]).toContain("<svg");
      expect(await change("remove-figure", file, 2)).toEqual({ ok: true });
      expect((await draftFor(tx, noor, draftId))?.files[file]).toBeUndefined();
    });
  });

  it("stands beside the versions that were published", async () => {
    await database.rolledBack(async (tx) => {
      const { august, mila } = await anAuthorsWorld(tx, now);
      const [version] = await versionsOf(tx, august, authoredSlug);
      expect(version).toMatchObject({ version: "1.1.0", material: false });
      expect(await changesBetween(tx, version?.id ?? "", version?.id ?? "")).toEqual([]);
      await expect(versionsOf(tx, mila, authoredSlug)).rejects.toThrow(Forbidden);
    });
  });
});
