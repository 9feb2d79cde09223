import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { statement } from "#db/schema/lrs.ts";
import { person as people } from "#db/schema/people.ts";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, aStatement } from "#test/factories.ts";
import { period } from "#db/schema/competence.ts";
import { createCredential } from "../lrs/credential.server.ts";
import { prepareStatements } from "../lrs/statement-batch.ts";
import { statementFault } from "../lrs/statement-check.ts";
import { storeBatches } from "../lrs/statement-store.server.ts";
import { type Actor, Forbidden, system } from "../people/permission.ts";
import { recordStatements, statementContext } from "./statement.server.ts";
import { type StatementFilter, statementFilter } from "./statement-filter.ts";
import { statementEntry, statementPage, statementsBehind } from "./statement-log.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const baseIri = "https://learn.aldermoor.example";
const voided = "http://adlnet.gov/expapi/verbs/voided";

/** Lets a client in and stores what it sends, as the door would; answers its key. */
async function received(tx: Db, name: string, ...sent: object[]): Promise<string> {
  const input = { name, scopes: ["all" as const], ratePerMinute: null, bodyLimitBytes: 1000 };
  const { key } = await createCredential(tx, system, input, now, randomBytes);
  const prepared = prepareStatements(JSON.stringify(sent), {
    version: "1.0.3",
    authority: { objectType: "Agent", name, account: { homePage: baseIri, name: key } },
    fault: statementFault,
    newId: randomUUID,
  });
  if (!prepared.ok) throw new Error(prepared.reason);
  await storeBatches(tx, [{ statements: prepared.statements, attachments: [] }], now);
  return key;
}

const sally = { name: "Sally", mbox: "mailto:sally@example.com" };
const saw = { id: "https://example.com/verbs/saw" };
const boat = { id: "https://example.com/boat" };
const seen = (fields: object = {}) => ({
  id: randomUUID(),
  actor: sally,
  verb: saw,
  object: boat,
  ...fields,
});

async function aReader(tx: Db, ...roles: Actor["roles"]): Promise<Actor> {
  await anOrganisation(tx);
  return actorFor(await aPerson(tx, { roles: ["employee", ...roles] }));
}

const page = (tx: Db, actor: Actor, filter: Partial<StatementFilter> = {}, before: number | null = null) =>
  statementPage(tx, actor, { ...statementFilter.parse({}), ...filter }, before);

const lines = async (tx: Db, actor: Actor, filter: Partial<StatementFilter> = {}): Promise<string[]> =>
  (await page(tx, actor, filter)).entries.map((entry) => entry.line);

onBothEngines("statement log", (database) => {
  it("pages from the newest to the oldest without gaps, filtered or not", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const who = await statementContext(tx, (await aPerson(tx, { name: "Mila Óg" })).id);
      const scope = randomUUID();
      const made = Array.from({ length: 120 }, (_, position) => aStatement(who, { scope, position }));
      await recordStatements(tx, made, now);
      for (const filter of [{}, { person: "mila" }, { verb: "asked", from: "own", person: "Óg" }]) {
        const seen: string[] = [];
        let before: number | null = null;
        for (let pages = 0; pages < 3; pages++) {
          const { entries, next } = await page(tx, auditor, filter, before);
          seen.push(...entries.map((e) => e.id));
          before = next;
        }
        expect(before).toBeNull();
        expect(seen).toEqual(made.map((s) => s.id).toReversed());
      }
    }));

  it("filters by person, taking wildcards literally, and by pseudonym when the name is gone", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const mila = await aPerson(tx, { name: "Mila Brandt" });
      const odd = await aPerson(tx, { name: "100% Odd_Name" });
      for (const { id } of [mila, odd])
        await recordStatements(tx, [aStatement(await statementContext(tx, id))], now);
      expect(await lines(tx, auditor, { person: "brandt" })).toEqual(["Mila Brandt asked May I use it?"]);
      expect(await lines(tx, auditor, { person: mila.id })).toEqual(["Mila Brandt asked May I use it?"]);
      expect(await lines(tx, auditor, { person: "0%" })).toEqual(["100% Odd_Name asked May I use it?"]);
      expect(await lines(tx, auditor, { person: "a_b" })).toEqual([]);
      expect(await lines(tx, auditor, { person: "n" })).toHaveLength(2);
      await tx.delete(people).where(eq(people.id, mila.id));
      expect(await lines(tx, auditor, { person: "brandt" })).toEqual([]);
      expect(await lines(tx, auditor, { person: mila.pseudonym.toUpperCase() })).toEqual([
        "Someone no longer known here asked May I use it?",
      ]);
    }));

  it("filters by verb, activity, registration and id, alone and together", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const who = await statementContext(tx, (await aPerson(tx, { name: "Mila" })).id);
      const registration = randomUUID();
      const own = aStatement(who, { registration });
      await recordStatements(tx, [own], now);
      const foreign = seen({ context: { registration } });
      await received(tx, "Kiosk", foreign, seen({ verb: { id: "http://adlnet.gov/expapi/verbs/asked" } }));
      const [ours, theirs, theirQuestion] = [
        "Mila asked May I use it?",
        "Sally saw https://example.com/boat",
        "Sally asked https://example.com/boat",
      ];
      const cases: [Partial<StatementFilter>, string[]][] = [
        [{}, [theirQuestion, theirs, ours]],
        [{ verb: "asked" }, [theirQuestion, ours]],
        [{ verb: "passed" }, []],
        [{ verb: saw.id }, [theirs]],
        [{ verb: "nonsense" }, []],
        [{ activity: boat.id }, [theirQuestion, theirs]],
        [{ activity: own.object.id }, [ours]],
        [{ registration }, [theirs, ours]],
        [{ registration: registration.toUpperCase() }, [theirs, ours]],
        [{ registration: "no-uuid" }, []],
        [{ registration, verb: "asked" }, [ours]],
        [{ registration, verb: "asked", activity: boat.id }, []],
        [{ id: own.id }, [ours]],
        [{ id: foreign.id.toUpperCase(), activity: boat.id }, [theirs]],
        [{ id: own.id, activity: boat.id }, []],
        [{ id: randomUUID() }, []],
        [{ id: "no-uuid" }, []],
      ];
      for (const [filter, expected] of cases)
        expect(await lines(tx, auditor, filter), JSON.stringify(filter)).toEqual(expected);
    }));

  it("tells the product's own from what each client sent", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const who = await statementContext(tx, (await aPerson(tx, { name: "Mila" })).id);
      await recordStatements(tx, [aStatement(who)], now);
      const kiosk = await received(tx, "Kiosk", seen());
      const phone = await received(tx, "Phone", seen({ actor: aStatement(who).actor }));
      const { entries, clients } = await page(tx, auditor);
      expect(entries.map((e) => [e.line, e.parts?.client?.name ?? null])).toEqual([
        ["Mila saw https://example.com/boat", "Phone"],
        ["Sally saw https://example.com/boat", "Kiosk"],
        ["Mila asked May I use it?", null],
      ]);
      expect(clients).toEqual([
        { key: kiosk, name: "Kiosk" },
        { key: phone, name: "Phone" },
      ]);
      expect(await lines(tx, auditor, { from: "own" })).toEqual(["Mila asked May I use it?"]);
      expect(await lines(tx, auditor, { from: kiosk })).toEqual(["Sally saw https://example.com/boat"]);
      expect(await lines(tx, auditor, { from: phone, person: "Mila" })).toHaveLength(1);
      expect(await lines(tx, auditor, { from: "lrs_unknown" })).toEqual([]);
    }));

  it("filters by the days on which statements were stored, both included", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      await received(tx, "Kiosk", seen());
      const [row] = await tx.select({ stored: statement.stored }).from(statement);
      const day = (shift: number): string =>
        new Date((row?.stored.getTime() ?? 0) + shift * 86_400_000).toISOString().slice(0, 10);
      const found = async (filter: Partial<StatementFilter>) => (await lines(tx, auditor, filter)).length;
      expect(await found({ since: day(0), until: day(0) })).toBe(1);
      expect(await found({ since: day(-1), verb: saw.id })).toBe(1);
      expect(await found({ since: day(1) })).toBe(0);
      expect(await found({ until: day(-1) })).toBe(0);
      expect(await found({ until: day(-1), verb: saw.id })).toBe(0);
      expect(await found({ since: "1970-01-01", until: "8999-12-31" })).toBe(1);
    }));

  it("shows what was voided, and by which statement, in either order of arrival", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const [first, second] = [seen(), seen()];
      const voiding = ({ id }: { id: string }) =>
        seen({ verb: { id: voided }, object: { objectType: "StatementRef", id } });
      const voidsFirst = voiding(first);
      const voidsSecond = voiding(second);
      await received(tx, "Kiosk", first, voidsFirst, voidsSecond);
      await received(tx, "Phone", second, voiding(voidsFirst));
      const { entries } = await page(tx, auditor);
      const voiderOf = new Map(entries.map((e) => [e.id, e.voidedBy]));
      expect(voiderOf.get(first.id)).toBe(voidsFirst.id);
      expect(voiderOf.get(second.id)).toBe(voidsSecond.id);
      expect(voiderOf.get(voidsFirst.id)).toBeNull();
      const entry = await statementEntry(tx, auditor, voidsFirst.id);
      expect(entry).toMatchObject({
        line: `Sally voided statement ${first.id.slice(0, 8)}…`,
        parts: { verb: "voided", reference: first.id, activity: null },
      });
      expect(await lines(tx, auditor, { activity: boat.id })).toHaveLength(2);
    }));

  it("lays out the JSON as it was sent, and leaves what is very long to a page of its own, or to programs", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor");
      const long = (letters: number) =>
        seen({ result: { extensions: { "https://example.com/x": "x".repeat(letters) } } });
      const [some, more, most] = [long(20_000), long(200_000), long(2_000_000)];
      await received(tx, "Kiosk", most, more, some, seen({ result: { score: { raw: 3 } } }));
      const line = "Sally saw https://example.com/boat";
      const { entries } = await page(tx, auditor);
      expect(entries[0]?.parts?.json).toContain(
        '\n  "result": {\n    "score": {\n      "raw": 3\n    }\n  }',
      );
      expect(entries.slice(1)).toMatchObject([
        { id: some.id, line, parts: { activity: boat.id, json: null } },
        { id: more.id, line: expect.stringMatching(/^A statement of 200\d+ characters$/), parts: null },
        { id: most.id, line: expect.stringMatching(/^A statement of 2000\d+ characters$/), parts: null },
      ]);
      for (const { id } of [some, more])
        expect(await statementEntry(tx, auditor, id)).toMatchObject({
          line,
          parts: { json: expect.stringContaining("x".repeat(20_000)) },
        });
      expect((await statementEntry(tx, auditor, most.id))?.parts).toBeNull();
      expect(await statementEntry(tx, auditor, randomUUID())).toBeNull();
    }));

  it("hides answer keys from all but administrators, in the log and behind a period", () =>
    database.rolledBack(async (tx) => {
      const auditor = await aReader(tx, "auditor", "hr");
      const admin = await aReader(tx, "admin", "hr");
      const mila = actorFor(await aPerson(tx, { name: "Mila" }));
      const module = aModule();
      await aCourse(tx, now, module);
      await sitAssessment(tx, mila, module, 1, now);
      const [own] = await tx.select().from(period).where(eq(period.personId, mila.id));
      const registration = own?.id ?? "";
      const answers = async (actor: Actor) => {
        const { entries } = await page(tx, actor, { registration, verb: "answered" });
        const behind = (await statementsBehind(tx, actor, registration)) ?? [];
        return [entries, behind.filter((e) => e.parts?.verb === "answered")];
      };
      for (const list of await answers(admin)) {
        expect(list.length).toBeGreaterThan(module.items.length);
        expect(list.map((e) => e.parts?.json).join()).not.toContain("hidden");
      }
      for (const list of await answers(auditor)) {
        expect(list.length).toBeGreaterThan(module.items.length);
        for (const { parts } of list) {
          expect(parts?.json).toContain('"correctResponsesPattern": "hidden"');
          expect(parts?.json).toContain('"response": "hidden"');
        }
      }
      expect((await statementsBehind(tx, auditor, registration))?.at(0)?.line).toBe(
        "Mila opened AI awareness",
      );
    }));

  it("tells the statements behind a period oldest first, and none that a client sent", () =>
    database.rolledBack(async (tx) => {
      const hr = await aReader(tx, "hr");
      const mila = actorFor(await aPerson(tx, { name: "Mila" }));
      const module = aModule();
      await aCourse(tx, now, module);
      await sitAssessment(tx, mila, module, 0, now);
      const [own] = await tx.select().from(period).where(eq(period.personId, mila.id));
      const registration = own?.id ?? "";
      await received(tx, "Kiosk", seen({ context: { registration } }));
      const behind = (await statementsBehind(tx, hr, registration)) ?? [];
      expect(behind.map((e) => e.seq)).toEqual(behind.map((e) => e.seq).toSorted((a, b) => a - b));
      expect(behind.map((e) => e.line)).toContain("Mila did not pass AI awareness, with 0 %");
      expect(behind.filter((e) => e.parts?.client)).toEqual([]);
    }));

  it("is closed to those who may not see evidence", () =>
    database.rolledBack(async (tx) => {
      const employee = await aReader(tx, "manager", "reviewer", "author");
      await expect(page(tx, employee)).rejects.toThrow(Forbidden);
      await expect(statementEntry(tx, employee, randomUUID())).rejects.toThrow(Forbidden);
      expect(await statementsBehind(tx, employee, randomUUID())).toBeNull();
    }));
});
