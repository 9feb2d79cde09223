import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { type Db, rowsOf, sqlState } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { concern } from "#db/schema/concerns.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { Forbidden } from "../people/permission.ts";
import { acknowledgeConcern, answerConcern, closeConcern, reportConcern } from "./concern.server.ts";
import { concernByCode, concernFor, concernQueue } from "./concern-queue.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const later = new Date("2026-11-23T12:00:00Z");

const leak = {
  text: "I pasted a customer list into a chatbot.",
  kind: "incident",
  anonymous: false,
} as const;
const unnamed = { ...leak, anonymous: true } as const;

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const row = await aPerson(tx, { id: "p-mila", name: "Mila Novak" });
  const mila = actorFor(row);
  const ravi = actorFor(await aPerson(tx, { name: "Ravi", roles: ["employee", "reviewer"] }));
  const dana = actorFor(await aPerson(tx, { roles: ["employee", "manager", "hr", "auditor", "admin"] }));
  return { row, mila, ravi, dana };
}

/** Every row of every table that holds one of the words. */
async function rowsNaming(db: Db, words: string[]): Promise<string[]> {
  const tables = rowsOf<{ name: string }>(
    await db.execute(sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`),
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await db.execute(sql`select to_jsonb(t)::text as row from ${sql.identifier(name)} t`);
    rows.push(...rowsOf<{ row: string }>(found).map(({ row }) => `${name} ${row}`));
  }
  return rows.filter((row) => words.some((word) => row.includes(word)));
}

const auditLog = (db: Db) => db.select().from(auditEvent).orderBy(auditEvent.seq);

onBothEngines("concerns", (database) => {
  it("takes a report under a name, masked, for its reporter and the reviewers", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, dana } = await aWorld(tx);
      const text = "I sent jan@client.example a wrong answer; password is Hunter2-7.";
      const { concernId, number, code } = await reportConcern(tx, mila, { ...leak, text }, now);
      expect(code).toBeNull();
      const mine = await concernFor(tx, mila, concernId);
      expect(mine).toMatchObject({ about: { number, status: "open" }, mine: true, handling: null });
      expect(mine?.about.text).toBe("I sent [e-mail address] a wrong answer; password is [secret].");
      expect(await concernFor(tx, ravi, concernId)).toMatchObject({
        reporter: { name: "Mila Novak" },
        mine: false,
        handling: { ok: true, mayAcknowledge: true },
      });
      expect(await concernFor(tx, dana, concernId)).toBeNull();
      expect(await concernFor(tx, ravi, randomUUID())).toBeNull();
      const [event] = await auditLog(tx);
      expect(event).toMatchObject({
        actorId: "p-mila",
        type: "concern.reported",
        data: { number, kind: "incident", anonymous: false },
      });
      expect(JSON.stringify(event)).not.toContain("wrong answer");
    });
  });

  it("leaves nothing that names who reported without a name", async () => {
    await database.rolledBack(async (tx) => {
      const { row, mila, ravi } = await aWorld(tx);
      const words = [row.id, row.pseudonym, row.name, row.email];
      const before = await rowsNaming(tx, words);
      const { concernId, code } = await reportConcern(tx, mila, unnamed, now);
      await concernByCode(tx, mila, code ?? "");
      await answerConcern(tx, ravi, { concernId, note: "Thank you." }, later);
      await concernByCode(tx, mila, code ?? "");
      expect(await rowsNaming(tx, words)).toEqual(before);
      expect(await rowsNaming(tx, [code ?? ""])).toEqual([]);
      const events = await auditLog(tx);
      expect(events.map((e) => [e.type, e.actorId])).toEqual([
        ["concern.reported", "system"],
        ["concern.answered", ravi.id],
      ]);
      expect((await verifyChain(tx)).broken).toBeNull();
      expect(await concernFor(tx, mila, concernId)).toBeNull();
      expect((await concernQueue(tx, mila, { view: "mine", page: 1 })).rows).toEqual([]);
      expect(await concernFor(tx, ravi, concernId)).toMatchObject({ reporter: null, mine: false });
    });
  });

  it("shows a report without a name to whoever holds its code, however it is typed", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, dana } = await aWorld(tx);
      const { concernId, number, code } = await reportConcern(tx, mila, unnamed, now);
      await reportConcern(tx, dana, unnamed, now);
      await answerConcern(tx, ravi, { concernId, note: "The list is recalled." }, later);
      const typed = (code ?? "").toLowerCase().replaceAll("-", " ");
      const followed = await concernByCode(tx, mila, typed);
      expect(followed).toMatchObject({
        about: { number, status: "answered", text: unnamed.text },
        history: [{ kind: "answered", actor: "Ravi", note: "The list is recalled." }],
      });
      expect(followed?.about).not.toHaveProperty("id");
      expect(await concernByCode(tx, mila, "0000-0000-0000-0000-0000")).toBeNull();
      expect(await concernByCode(tx, mila, "no code")).toBeNull();
      expect(await concernByCode(tx, mila, "")).toBeNull();
    });
  });

  it("is confirmed once, answered and closed, each logged", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi } = await aWorld(tx);
      const { concernId, number } = await reportConcern(tx, mila, leak, now);
      const held = async () => (await concernQueue(tx, ravi, { view: "open", page: 1 })).counts;
      expect(await acknowledgeConcern(tx, ravi, { concernId }, later)).toEqual({ ok: true });
      expect(await acknowledgeConcern(tx, ravi, { concernId }, later)).toEqual({
        ok: false,
        reason: "acknowledged",
      });
      const open = await concernQueue(tx, ravi, { view: "open", page: 1 });
      expect(open.rows).toMatchObject([{ number, acknowledged: true, reporter: "Mila Novak" }]);
      const answer = { concernId, note: "We look into it." };
      expect(await answerConcern(tx, ravi, answer, later)).toEqual({ ok: true });
      expect(await answerConcern(tx, ravi, { concernId, note: "And found it." }, later)).toEqual({
        ok: true,
      });
      expect(await held()).toEqual({ open: 0, answered: 1, closed: 0, mine: 0 });
      expect(await closeConcern(tx, ravi, { concernId, note: "Recalled." }, later)).toEqual({ ok: true });
      expect(await answerConcern(tx, ravi, answer, later)).toEqual({ ok: false, reason: "closed" });
      expect(await held()).toEqual({ open: 0, answered: 0, closed: 1, mine: 0 });
      const seen = await concernFor(tx, mila, concernId);
      expect(seen?.history.map((step) => [step.kind, step.note])).toEqual([
        ["acknowledged", ""],
        ["answered", "We look into it."],
        ["answered", "And found it."],
        ["closed", "Recalled."],
      ]);
      const types = (await auditLog(tx)).map((event) => event.type);
      expect(types).toEqual(["reported", "acknowledged", "answered", "answered", "closed"].map(named));
      expect(await closeConcern(tx, ravi, { concernId: randomUUID(), note: "x" }, later)).toBeNull();
    });
  });

  it("is handled by reviewers only, and never by its own reporter", async () => {
    await database.rolledBack(async (tx) => {
      const { mila, ravi, dana } = await aWorld(tx);
      const own = await reportConcern(tx, ravi, leak, now);
      const note = { concernId: own.concernId, note: "Fine." };
      expect(await closeConcern(tx, ravi, note, later)).toEqual({ ok: false, reason: "own_report" });
      expect((await concernFor(tx, ravi, own.concernId))?.handling).toEqual({
        ok: false,
        reason: "own_report",
      });
      await expect(answerConcern(tx, mila, note, later)).rejects.toThrow(Forbidden);
      await expect(answerConcern(tx, dana, note, later)).rejects.toThrow(Forbidden);
      await expect(concernQueue(tx, dana, { view: "open", page: 1 })).rejects.toThrow(Forbidden);
      const nobody = { ...mila, roles: [] };
      await expect(reportConcern(tx, nobody, leak, now)).rejects.toThrow(Forbidden);
      await expect(concernByCode(tx, nobody, "x")).rejects.toThrow(Forbidden);
    });
  });

  it("stores no report that has both a name and a code, or neither", async () => {
    for (const [reporterId, followUpHash] of [
      ["p-mila", "hash"],
      [null, null],
    ] as const)
      await database.rolledBack(async (tx) => {
        await aWorld(tx);
        const row = { id: randomUUID(), reporterId, followUpHash, text: "x", at: now } as const;
        const stored = tx.insert(concern).values({ ...row, kind: "worry", status: "open" });
        const error = await stored.then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(sqlState(error)).toBe("23514");
      });
  });
});

const named = (step: string): string => `concern.${step}`;
