import { asc } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { attachment, posting, statement, statementHead } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { activityRows } from "./activity.server.ts";
import { keyOf, postingKinds } from "./posting.ts";
import { type PreparedBatch, prepareStatements } from "./statement-batch.ts";
import { statementFault, voidedVerb } from "./statement-check.ts";
import { consistentThrough, statementById, statementPage } from "./statement-query.server.ts";
import type { KeyFilter, StatementFilter } from "./statement-query.ts";
import { storeBatches, storeWithin } from "./statement-store.server.ts";

const now = new Date("2026-11-24T10:00:00Z");
const authority = { objectType: "Agent", account: { homePage: "https://lrs.example", name: "client" } };

type Parts = { id?: string; verb?: string; actor?: string; object?: object; [more: string]: unknown };

function said({ id = randomUUID(), verb = "did", actor = "mila", object, ...more }: Parts = {}) {
  return {
    id,
    actor: { mbox: `mailto:${actor}@a.example` },
    verb: { id: verb.includes(":") ? verb : `https://verbs.example/${verb}` },
    object: object ?? { id: "https://activities.example/1" },
    ...more,
  };
}

const ref = (id: string): object => ({ objectType: "StatementRef", id });

function batch(...statements: object[]): PreparedBatch {
  const prepared = prepareStatements(JSON.stringify(statements), {
    version: "1.0.3",
    authority,
    fault: statementFault,
    newId: randomUUID,
  });
  if (!prepared.ok) throw new Error(prepared.reason);
  return { statements: prepared.statements, attachments: [] };
}

const store = (db: Db, ...statements: object[]) => storeBatches(db, [batch(...statements)], now);

const by = (kind: keyof typeof postingKinds, text: string): KeyFilter => ({
  kinds: [postingKinds[kind]],
  key: keyOf(text),
});
const verb = (name: string): KeyFilter => by("verb", `https://verbs.example/${name}`);
const agent = (name: string): KeyFilter => by("agent", `mbox mailto:${name}@a.example`);

const anything: StatementFilter = {
  keys: [],
  since: null,
  until: null,
  ascending: false,
  limit: 500,
  format: "exact",
  attachments: false,
};

async function idsOf(
  db: Db,
  filter: Partial<StatementFilter>,
  after: number | null = null,
): Promise<string[]> {
  const page = await statementPage(db, { ...anything, ...filter }, { after, authorityKey: null });
  return page.statements.map((s) => s.id);
}

onBothEngines("the statement store", (database) => {
  it("gives places without gaps and each transaction a time of its own, never behind the clock", () =>
    database.rolledBack(async (db) => {
      const before = Date.now();
      await store(db, said(), said());
      await store(db, said());
      const rows = await db.select().from(statement).orderBy(asc(statement.seq));
      expect(rows.map((row) => row.seq)).toEqual([1, 2, 3]);
      const times = rows.map((row) => row.stored.getTime());
      expect(times[0]).toBe(times[1]);
      expect(times[2]).toBeGreaterThan(times[1] ?? 0);
      expect(times[0]).toBeGreaterThanOrEqual(before);
      expect(rows.map((row) => (JSON.parse(row.body) as { stored: string }).stored)).toEqual(
        times.map((time) => new Date(time).toISOString()),
      );
      expect(await db.select().from(statementHead)).toEqual([{ id: 1, seq: 3, stored: rows[2]?.stored }]);
    }));

  it("stores with the time given where that is ahead of the clock", () =>
    database.rolledBack(async (db) => {
      const ahead = new Date(Date.now() + 86_400_000);
      await storeBatches(db, [batch(said())], ahead);
      const [row] = await db.select().from(statement);
      expect(row?.stored).toEqual(ahead);
    }));

  it("takes the same again as done, and keeps everything out of a batch that contradicts", () =>
    database.rolledBack(async (db) => {
      const one = said({ result: { score: { raw: 1 } } });
      await store(db, one);
      expect(await store(db, one)).toMatchObject({ outcomes: [{ ok: true, ids: [one.id], known: 1 }] });
      const other = said();
      expect(await store(db, other, { ...one, result: { score: { raw: 2 } } })).toMatchObject({
        outcomes: [{ ok: false }],
      });
      expect(await idsOf(db, {})).toEqual([one.id]);
    }));

  it("tells of each batch of a transaction by itself", () =>
    database.rolledBack(async (db) => {
      const one = said();
      const { outcomes } = await storeWithin(
        db,
        [batch(one), batch(one, said()), batch({ ...one, result: {} })],
        now,
      );
      expect(outcomes).toMatchObject([{ ok: true, known: 0 }, { ok: true, known: 1 }, { ok: false }]);
      expect(await db.$count(statement)).toBe(2);
    }));

  it("keeps texts that PostgreSQL would not take as JSON, and finds others after them", () =>
    database.rolledBack(async (db) => {
      const odd = said({
        result: { response: '\u0000 \ud800 \u001f \\u0000 {} ",', extensions: { "https://e.example": "é" } },
      });
      await store(db, odd, said());
      const found = await statementById(db, odd.id, { voided: false, authorityKey: null });
      expect(JSON.parse(found?.body ?? "")).toMatchObject(odd);
      expect(await idsOf(db, { keys: [agent("mila")] })).toHaveLength(2);
    }));

  it("stores an attachment once, whatever refers to it", () =>
    database.rolledBack(async (db) => {
      const content = new Uint8Array([0, 13, 10, 255]);
      const withIt = (): PreparedBatch => ({ ...batch(said()), attachments: [{ sha2: "ab", content }] });
      await storeBatches(db, [withIt()], now);
      await storeBatches(db, [withIt(), withIt()], now);
      const rows = await db.select().from(attachment);
      expect(rows.map((row) => [row.sha2, [...row.content]])).toEqual([["ab", [0, 13, 10, 255]]]);
    }));

  it("describes an activity as all statements together do", () =>
    database.rolledBack(async (db) => {
      const id = "https://activities.example/1";
      const named = (name: object, extensions = "1.0") =>
        JSON.parse(
          JSON.stringify(
            said({ object: { id, definition: { name, extensions: { "https://e.example": "x" } } } }),
          ).replace('"x"', extensions),
        ) as object;
      await store(db, named({ en: "One" }), named({ de: "Eins" }));
      await store(db, named({ en: "First" }));
      expect(JSON.parse((await activityRows(db, [id])).get(id) ?? "")).toMatchObject({
        id,
        definition: { name: { en: "First", de: "Eins" } },
      });
    }));

  it("has one writer at a time: many at once lose nothing and no reader sees a later place before an earlier", async () => {
    const { db } = database;
    const seen: number[] = [];
    let done = false;
    const poll = async (): Promise<void> => {
      for (let cursor = 0; ;) {
        const over = done;
        const page = await statementPage(
          db,
          { ...anything, ascending: true },
          { after: cursor, authorityKey: null },
        );
        seen.push(...page.statements.map((s) => s.seq));
        cursor = seen.at(-1) ?? 0;
        if (over && page.statements.length === 0) return;
      }
    };
    const writes = Array.from({ length: 24 }, (_, i) =>
      store(db, said({ actor: `p${i % 3}` }), said({ object: ref(randomUUID()) })),
    );
    const reader = poll();
    await Promise.all(writes);
    done = true;
    await reader;
    expect(seen).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
  });

  it("is complete through now when nobody writes, and through the last commit while somebody does", async () => {
    const { db } = database;
    const before = Date.now();
    expect((await consistentThrough(db)).getTime()).toBeGreaterThanOrEqual(before);
    if (database.engine === "pglite") return;
    const [head] = await db.select().from(statementHead);
    await db.transaction(async (tx) => {
      await storeWithin(tx, [batch(said())], now);
      expect(await consistentThrough(db)).toEqual(head?.stored);
    });
  });
});

onBothEngines("statements about statements (xAPI 1.0.3 part 3 §2.1.3)", (database) => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];

  it.each(orders)("are found by what they lead to, stored in the order %i %i %i", (...order) =>
    database.rolledBack(async (db) => {
      const c = said({ actor: "ben", verb: "passed", context: { registration: randomUUID() } });
      const b = said({ actor: "andrew", verb: "confirmed", object: ref(c.id) });
      const a = said({ actor: "zoe", verb: "noted", object: ref(b.id.toUpperCase()) });
      for (const i of order) await store(db, [a, b, c][i] ?? {});
      const ids = (list: { id: string }[]): string[] => list.map((s) => s.id).toSorted();
      expect((await idsOf(db, { keys: [agent("ben")] })).toSorted()).toEqual(ids([a, b, c]));
      expect((await idsOf(db, { keys: [verb("confirmed")] })).toSorted()).toEqual(ids([a, b]));
      expect((await idsOf(db, { keys: [verb("noted")] })).toSorted()).toEqual(ids([a]));
      // Both conditions must hold for one and the same statement of the chain.
      expect((await idsOf(db, { keys: [agent("ben"), verb("passed")] })).toSorted()).toEqual(ids([a, b, c]));
      expect(await idsOf(db, { keys: [agent("ben"), verb("confirmed")] })).toEqual([]);
    }),
  );

  it("are found whichever way they came in one batch", () =>
    database.rolledBack(async (db) => {
      const c = said({ actor: "ben" });
      const b = said({ actor: "andrew", object: ref(c.id) });
      const a = said({ actor: "zoe", object: ref(b.id) });
      await store(db, b, a, c);
      expect(await idsOf(db, { keys: [agent("ben")] })).toHaveLength(3);
    }));

  it("may refer to each other, or to themselves", () =>
    database.rolledBack(async (db) => {
      const [x, y, z] = [randomUUID(), randomUUID(), randomUUID()];
      await store(
        db,
        said({ id: x, actor: "x", object: ref(y) }),
        said({ id: z, actor: "z", object: ref(z) }),
      );
      await store(db, said({ id: y, actor: "y", object: ref(x) }));
      expect(await idsOf(db, { keys: [agent("x")] })).toHaveLength(2);
      expect(await idsOf(db, { keys: [agent("y")] })).toHaveLength(2);
      expect(await idsOf(db, { keys: [agent("z")] })).toEqual([z]);
    }));

  it("are not found through what they mention in their context or inside a SubStatement", () =>
    database.rolledBack(async (db) => {
      const ben = said({ actor: "ben" });
      const { id: _, ...inner } = said({ actor: "inner", object: ref(ben.id) });
      await store(
        db,
        ben,
        said({ context: { statement: ref(ben.id) } }),
        said({ object: { objectType: "SubStatement", ...inner } }),
      );
      expect(await idsOf(db, { keys: [agent("ben")] })).toEqual([ben.id]);
    }));

  it("hand nothing on for what merely stands beside them", () =>
    database.rolledBack(async (db) => {
      const ben = said({ actor: "ben" });
      await store(db, ben, said({ actor: "zoe" }));
      expect(await db.$count(posting)).toBe(8);
    }));
});

onBothEngines("voiding (xAPI 1.0.3 part 2 §2.3.2, part 3 §2.1.4)", (database) => {
  const voids = (id: string, own = randomUUID()): object =>
    said({ id: own, actor: "admin", verb: voidedVerb, object: ref(id) });

  it.each(["the target first", "the voiding statement first", "both at once"])("works with %s", (order) =>
    database.rolledBack(async (db) => {
      const target = said({ actor: "ben" });
      const about = said({ actor: "zoe", object: ref(target.id) });
      const voiding = voids(target.id);
      if (order === "both at once") await store(db, voiding, target);
      else
        for (const one of order.startsWith("the target") ? [target, voiding] : [voiding, target])
          await store(db, one);
      await store(db, about);
      const open = { voided: false, authorityKey: null };
      expect(await statementById(db, target.id, open)).toBeNull();
      expect(await statementById(db, target.id, { ...open, voided: true })).toMatchObject({ id: target.id });
      expect(await statementById(db, about.id, { ...open, voided: true })).toBeNull();
      // What refers to it is still found by it, the voiding statement too.
      const found = await idsOf(db, { keys: [agent("ben")] });
      expect(found).toContain(about.id);
      expect(found).toHaveLength(2);
      expect(found).not.toContain(target.id);
    }),
  );

  it("never reaches a voiding statement", () =>
    database.rolledBack(async (db) => {
      const target = said();
      const first = randomUUID();
      await store(db, voids(first));
      await store(db, target, voids(target.id, first));
      expect(await statementById(db, first, { voided: false, authorityKey: null })).toMatchObject({
        id: first,
      });
      expect(await statementById(db, target.id, { voided: true, authorityKey: null })).toMatchObject({
        id: target.id,
      });
    }));
});

onBothEngines("pages of statements", (database) => {
  it("go on exactly where the last ended, both ways, past what was voided", () =>
    database.rolledBack(async (db) => {
      const all = Array.from({ length: 23 }, () => said({ actor: "ben" }));
      await store(db, ...all);
      const gone = all[10]?.id ?? "";
      await store(db, said({ actor: "admin", verb: voidedVerb, object: ref(gone) }));
      for (const ascending of [true, false]) {
        const seen: string[] = [];
        for (let after: number | null = null, more = true; more;) {
          const filter = { ...anything, keys: [agent("ben")], limit: 4, ascending };
          const page = await statementPage(db, filter, { after, authorityKey: null });
          seen.push(...page.statements.map((s) => s.id));
          after = page.statements.at(-1)?.seq ?? null;
          more = page.more;
          expect(page.statements.length).toBe(more ? 4 : 23 % 4);
        }
        const expected = all.map((s) => s.id).filter((id) => id !== gone);
        expect(seen.filter((id) => expected.includes(id))).toEqual(
          ascending ? expected : expected.toReversed(),
        );
      }
    }));

  it("end where statements are large, and say that there is more", () =>
    database.rolledBack(async (db) => {
      const large = (): object => said({ result: { response: "x".repeat(6_000_000) } });
      for (let i = 0; i < 4; i++) await store(db, large());
      const page = await statementPage(db, anything, { after: null, authorityKey: null });
      expect(page).toMatchObject({ more: true, statements: [{}, {}, {}] });
      const after = page.statements.at(-1)?.seq ?? null;
      expect(await statementPage(db, anything, { after, authorityKey: null })).toMatchObject({
        more: false,
        statements: [{}],
      });
    }));

  it("hold since exclusive and until inclusive", () =>
    database.rolledBack(async (db) => {
      const [a, b, c] = [said(), said(), said()];
      for (const one of [a, b, c]) await store(db, one);
      const found = await statementById(db, b.id, { voided: false, authorityKey: null });
      const time = found?.stored.getTime() ?? 0;
      expect(await idsOf(db, { since: time })).toEqual([c.id]);
      expect(await idsOf(db, { until: time })).toEqual([b.id, a.id]);
      expect(await idsOf(db, { since: time - 1, until: time })).toEqual([b.id]);
      expect(await idsOf(db, { since: -9e15 })).toHaveLength(3);
      expect(await idsOf(db, { until: 9e15, keys: [agent("mila")] })).toHaveLength(3);
    }));

  it("show one's own statements only, not those found through them", () =>
    database.rolledBack(async (db) => {
      const mine = said({ actor: "ben" });
      await store(db, mine);
      const prepared = prepareStatements(JSON.stringify(said({ object: ref(mine.id) })), {
        version: "1.0.3",
        authority: { ...authority, account: { ...authority.account, name: "other" } },
        fault: statementFault,
        newId: randomUUID,
      });
      if (!prepared.ok) throw new Error(prepared.reason);
      await storeBatches(db, [{ statements: prepared.statements, attachments: [] }], now);
      const authorityKey = keyOf("account https://lrs.example client");
      for (const keys of [[], [agent("ben")]]) {
        const page = await statementPage(db, { ...anything, keys }, { after: null, authorityKey });
        expect(page.statements.map((s) => s.id)).toEqual([mine.id]);
      }
    }));
});
