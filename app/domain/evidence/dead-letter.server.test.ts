import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { deadLetter } from "#db/schema/evidence.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, aStatement } from "#test/factories.ts";
import { aWildStatement, store } from "#test/stored.ts";
import { Forbidden, system } from "../people/permission.ts";
import { deadLetters, dropLetter, replayLetters } from "./dead-letter.server.ts";
import { syncTargets } from "./lrs-target.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const baseIri = "https://learn.aldermoor.example";

/** A target that refused these statements; the ids of the letters. */
async function letters(tx: Db, statements: ({ id: string } | string)[], by = "moodle"): Promise<number[]> {
  await anOrganisation(tx);
  await syncTargets(tx, [{ name: "central", endpoint: "https://lrs.example" }], now);
  const seqs = await store(tx, statements, by);
  const rows = await tx
    .insert(deadLetter)
    .values(
      seqs.map((seq) => ({ target: "central", seq, error: "The LRS answered 400.", at: now, attempts: 1 })),
    )
    .returning({ id: deadLetter.id });
  return rows.map((row) => row.id);
}

const open = (tx: Db, before?: number) =>
  deadLetters(tx, system, { target: "central", ended: false, before });

onBothEngines("dead letters", (database) => {
  it("tell what was refused, in words and as stored", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const person = await aPerson(tx, { name: "Zofia Łuczak" });
      const own = aStatement({ homePage: baseIri, pseudonym: person.pseudonym, baseIri });
      await letters(tx, [own], "clause7");
      const wild = aWildStatement({ object: { mbox: "mailto:a@x.example", objectType: "Agent" } });
      const odd = `{"id":"${randomUUID()}","verb":{"id":"urn:v"},"object":{"id":"urn:o"},"result":{"score":{"raw":1.0}}}`;
      const long = aWildStatement({ result: { response: "x".repeat(30_000) } });
      await letters(tx, [wild, odd, long]);
      const page = await open(tx);
      expect(page).toMatchObject({ active: true, open: 4, next: null });
      expect(page?.letters.map((one) => one.line)).toEqual([
        expect.stringMatching(/^A statement of 30,\d+ characters$/),
        "Somebody of another system: urn:v · urn:o",
        `Somebody of another system: ${wild["verb"] instanceof Object && "id" in wild["verb"] ? String(wild["verb"].id) : ""} · Agent`,
        "Zofia Łuczak asked May I use it?",
      ]);
      expect(page?.letters[1]).toMatchObject({ json: odd, whole: true, state: "refused", attempts: 1 });
      expect(page?.letters[0]).toMatchObject({ whole: false, error: "The LRS answered 400." });
      expect(page?.letters[0]?.json).toHaveLength(20_000);
      expect(await deadLetters(tx, system, { target: "nobody", ended: false })).toBeNull();
    }));

  it("come a page at a time, newest first", () =>
    database.rolledBack(async (tx) => {
      const ids = await letters(
        tx,
        Array.from({ length: 45 }, () => aWildStatement()),
      );
      const seen: number[] = [];
      for (let before: number | undefined; ;) {
        const page = await open(tx, before);
        seen.push(...(page?.letters.map((one) => one.id) ?? []));
        if (page?.next == null) break;
        before = page.next;
      }
      expect(seen).toEqual(ids.toReversed());
    }));

  it("are sent again, one or all, and kept apart from those in line", () =>
    database.rolledBack(async (tx) => {
      const [first = 0, ...rest] = await letters(tx, [aWildStatement(), aWildStatement(), aWildStatement()]);
      const replay = (letter?: number) => replayLetters(tx, system, { target: "central", letter }, now);
      expect(await replay(first)).toEqual({ ok: true, letters: 1 });
      expect(await replay(first)).toEqual({ ok: false, reason: "unknown" });
      expect((await open(tx))?.letters.map((one) => one.state)).toEqual(["refused", "refused", "again"]);
      expect(await replay()).toEqual({ ok: true, letters: rest.length });
      expect((await open(tx))?.open).toBe(0);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "dead_letter.replayed"));
      expect(events.map((event) => event.data)).toEqual([
        { target: "central", letters: 1 },
        { target: "central", letters: 2 },
      ]);
    }));

  it("are dropped with a reason, once, and kept", () =>
    database.rolledBack(async (tx) => {
      const statement = aWildStatement();
      const [letter = 0] = await letters(tx, [statement]);
      const admin = await aPerson(tx, { name: "Sofia Brandt", roles: ["employee", "admin"] });
      const drop = (target = "central") =>
        dropLetter(tx, actorFor(admin), { target, letter, reason: "A test of the supplier." }, now);
      expect(await drop("another")).toEqual({ ok: false, reason: "unknown" });
      expect(await drop()).toEqual({ ok: true });
      expect(await drop()).toEqual({ ok: false, reason: "unknown" });
      expect(await replayLetters(tx, system, { target: "central" }, now)).toMatchObject({ ok: false });
      expect((await open(tx))?.letters).toEqual([]);
      const ended = await deadLetters(tx, system, { target: "central", ended: true });
      expect(ended?.letters).toMatchObject([
        { state: "dropped", endedAt: now, endedBy: "Sofia Brandt", reason: "A test of the supplier." },
      ]);
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "dead_letter.dropped"));
      expect(event).toMatchObject({ subjectId: statement.id, data: { target: "central", letter } });
    }));

  it("are read by those who may see evidence, and decided by administrators alone", () =>
    database.rolledBack(async (tx) => {
      const [letter = 0] = await letters(tx, [aWildStatement()]);
      const auditor = actorFor(await aPerson(tx, { roles: ["employee", "auditor"] }));
      const employee = actorFor(await aPerson(tx));
      const target = "central";
      expect(await deadLetters(tx, auditor, { target, ended: false })).toMatchObject({ open: 1 });
      await expect(deadLetters(tx, employee, { target, ended: false })).rejects.toThrow(Forbidden);
      await expect(replayLetters(tx, auditor, { target }, now)).rejects.toThrow(Forbidden);
      await expect(dropLetter(tx, auditor, { target, letter, reason: "mine" }, now)).rejects.toThrow(
        Forbidden,
      );
    }));
});
