import { parse } from "csv-parse/sync";
import { eq, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anAiSystem, anOrganisation, aPerson } from "#test/factories.ts";
import { type Actor, Forbidden, system } from "../people/permission.ts";
import { publishRegister } from "../register/ai-system.server.ts";
import { asAtOf } from "./as-at.ts";
import { assignRequirements } from "./assignment.server.ts";
import { periodState } from "./assignment.ts";
import { type BoardFilter, boardFilter } from "./board.ts";
import { boardCsv } from "./board-export.server.ts";
import { inState, stateSql } from "./board-state.server.ts";
import { board, boardPageSize } from "./board.server.ts";
import { periodStates } from "./period-state.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const hr: Actor = { id: "p-ines", name: "Inês", roles: ["employee", "hr"] };
const engineers = { ...aRequirement, slug: "ai-engineering-yearly", audiences: ["engineers"] };
const filter = (given: Partial<BoardFilter> = {}): BoardFilter => boardFilter.parse(given);

async function aWorld(tx: Db): Promise<void> {
  await anOrganisation(tx);
  await publishRequirements(tx, [aRequirement, engineers], now);
}

async function set(tx: Db, personId: string, facts: Partial<typeof period.$inferInsert>): Promise<void> {
  await tx.update(period).set(facts).where(eq(period.personId, personId));
}

/** The whole file. */
async function csvOf(tx: Db, actor: Actor, of: BoardFilter): Promise<string> {
  let text = "";
  for await (const piece of boardCsv(tx, actor, { filter: of, asAt: null }, now)) text += piece;
  return text;
}

const ids = (page: { people: { id: string }[] }): string[] => page.people.map((p) => p.id);

onBothEngines("the board", (database) => {
  it("computes states in SQL as the rule does", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      const moment = fc.integer({ min: -5, max: 5 }).map(days);
      const maybe = fc.option(moment, { nil: null });
      const rows = fc.sample(
        fc.record({
          number: fc.integer({ min: 1, max: 2 }),
          assignedAt: moment,
          dueAt: moment,
          graceUntil: moment,
          startedAt: maybe,
          completedAt: maybe,
          renewFrom: maybe,
          expiresAt: maybe,
          endedAt: fc.option(fc.constant(days(-1)), { nil: null, freq: 5 }),
          waivers: fc.array(fc.record({ grantedAt: moment, until: moment }), { maxLength: 2 }),
        }),
        300,
      );
      const expected = new Map<string, string>();
      for (const { waivers, ...facts } of rows) {
        const { id: personId } = await aPerson(tx, { id: `p-${randomUUID()}` });
        const id = randomUUID();
        await tx.insert(period).values({ id, personId, requirementSlug: aRequirement.slug, ...facts });
        for (const one of waivers)
          await tx
            .insert(waiver)
            .values({ id: randomUUID(), periodId: id, reason: "On leave.", grantedBy: "p-ines", ...one });
        expected.set(id, periodState({ ...facts, supersededAt: null }, waivers, now));
      }
      const states = await tx.select({ id: period.id, state: stateSql(now) }).from(period);
      expect(new Map(states.map((row) => [row.id, row.state]))).toEqual(expected);
      expect(new Set(expected.values()).size).toBe(7);
      for (const state of periodStates) {
        const found = await tx.select({ id: period.id }).from(period).where(inState(state, now));
        const those = [...expected].filter(([, one]) => one === state).map(([id]) => id);
        expect(found.map((row) => row.id).toSorted(), state).toEqual(those.toSorted());
      }
      // The page and its counts agree as well, and leave out what nothing asks any more.
      const page = await board(tx, hr, { filter: filter() }, now);
      const summed = Object.values(page.summary[0]?.counts ?? {}).reduce((sum, n) => sum + n, 0);
      expect(summed).toBe(rows.filter((row) => row.endedAt === null).length);
      for (const one of page.people)
        expect(one.cells.map((cell) => cell.state)).toEqual(
          one.cells.map((cell) => expected.get(cell.periodId)),
        );
    });
  });

  it("pages forwards and back without skipping or doubling anybody, even people of one name", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      for (let i = 0; i < 61; i++) await aPerson(tx, { name: `Sam ${i % 4}` });
      const forwards: string[][] = [];
      let page = await board(tx, hr, { filter: filter() }, now);
      expect(page.previous).toBeNull();
      for (forwards.push(ids(page)); page.next; forwards.push(ids(page)))
        page = await board(tx, hr, { filter: filter(), after: page.next }, now);
      expect(forwards.map((one) => one.length)).toEqual([boardPageSize, boardPageSize, 11]);
      expect(new Set(forwards.flat()).size).toBe(61);
      const back: string[][] = [ids(page)];
      for (; page.previous; back.unshift(ids(page)))
        page = await board(tx, hr, { filter: filter(), before: page.previous }, now);
      expect(back).toEqual(forwards);
      const unknown = await board(tx, hr, { filter: filter(), after: "nobody" }, now);
      expect(ids(unknown)).toEqual(forwards[0]);
    });
  });

  it("shows managers their direct reports, leavers to nobody, and nothing to employees", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      const dana = await aPerson(tx, { id: "p-dana", roles: ["employee", "manager"] });
      await aPerson(tx, { id: "p-report", managerId: "p-dana" });
      await aPerson(tx, { id: "p-below", managerId: "p-report" });
      await aPerson(tx, { id: "p-left", managerId: "p-dana", leftOn: "2026-11-23" });
      await assignRequirements(tx, system, {}, now);
      const own = await board(tx, actorFor(dana), { filter: filter() }, now);
      expect(ids(own)).toEqual(["p-report"]);
      expect(own).toMatchObject({ total: 1, summary: [{ counts: { not_started: 1 } }, {}] });
      expect(ids(await board(tx, hr, { filter: filter() }, now)).toSorted()).toEqual([
        "p-below",
        "p-dana",
        "p-report",
      ]);
      const employee: Actor = { id: "p-report", name: "R", roles: ["employee"] };
      await expect(board(tx, employee, { filter: filter() }, now)).rejects.toThrow(Forbidden);
      await expect(csvOf(tx, actorFor(dana), filter())).rejects.toThrow(Forbidden);
    });
  });

  it("shows managers everyone below them where they ask, even in a circle, and never a peer’s team", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      const roles = ["employee" as const, "manager" as const];
      const top = actorFor(await aPerson(tx, { id: "p-1top", managerId: "p-4circle", roles }));
      await aPerson(tx, { id: "p-2left", managerId: "p-1top", leftOn: "2026-11-01", roles });
      const mid = actorFor(await aPerson(tx, { id: "p-3mid", managerId: "p-2left", roles }));
      await aPerson(tx, { id: "p-4circle", managerId: "p-3mid" });
      const peer = actorFor(await aPerson(tx, { id: "p-5peer", roles }));
      await aPerson(tx, { id: "p-6theirs", managerId: "p-5peer" });
      const seen = async (actor: Actor, given: Partial<BoardFilter> = {}) =>
        ids(await board(tx, actor, { filter: filter(given) }, now)).toSorted();
      expect(await seen(top)).toEqual([]);
      expect(await seen(top, { team: "below" })).toEqual(["p-3mid", "p-4circle"]);
      expect(await seen(mid, { team: "below" })).toEqual(["p-1top", "p-4circle"]);
      expect(await seen(peer, { team: "below" })).toEqual(["p-6theirs"]);
      const past = {
        filter: filter({ team: "below" }),
        asAt: asAtOf({ at: "2026-11-01", known: "now" }, now),
      };
      expect(ids(await board(tx, peer, past, now))).toEqual(["p-6theirs"]);
      expect(await seen(hr, { team: "below" })).toHaveLength(5);
    });
  });

  it("counts a requirement about a system for its overseers alone", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const overseeing = { ...aRequirement, slug: "overseeing", audiences: [], system: "hirelens" };
      await publishRegister(tx, [anAiSystem({ overseers: ["p-bo"] })], now);
      await publishRequirements(tx, [aRequirement, overseeing], now);
      await aPerson(tx, { id: "p-ann", name: "Ann" });
      await aPerson(tx, { id: "p-bo", name: "Bo", audiences: [] });
      await assignRequirements(tx, system, {}, now);
      const page = await board(tx, hr, { filter: filter({ requirement: "overseeing" }) }, now);
      expect(ids(page)).toEqual(["p-bo"]);
      const all = await board(tx, hr, { filter: filter() }, now);
      expect(all.summary.map((one) => one.counts.not_started)).toEqual([1, 1]);
    });
  });

  it("narrows by search, department, audience, requirement and status", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      await aPerson(tx, { id: "p-ann", name: "Ann 100%", department: "Sales" });
      await aPerson(tx, { id: "p-bo", name: "Bo", audiences: ["all-staff", "engineers"] });
      await aPerson(tx, { id: "p-cy", name: "Cy", email: "cy_1@aldermoor.example" });
      await assignRequirements(tx, system, {}, now);
      await set(tx, "p-ann", { completedAt: days(-1), renewFrom: days(300), expiresAt: days(360) });
      await set(tx, "p-cy", { graceUntil: days(-1) });
      const found = async (given: Partial<BoardFilter>) =>
        ids(await board(tx, hr, { filter: filter(given) }, now));
      expect(await found({ q: "AN" })).toEqual(["p-ann"]);
      expect(await found({ q: "100%" })).toEqual(["p-ann"]);
      expect(await found({ q: "%" })).toEqual(["p-ann"]);
      expect(await found({ q: "y_1@" })).toEqual(["p-cy"]);
      expect(await found({ q: "\\" })).toEqual([]);
      expect(await found({ department: "Sales" })).toEqual(["p-ann"]);
      expect(await found({ audience: "engineers" })).toEqual(["p-bo"]);
      expect(await found({ requirement: engineers.slug })).toEqual(["p-bo"]);
      expect(await found({ status: "overdue" })).toEqual(["p-cy"]);
      expect(await found({ status: "overdue", requirement: engineers.slug })).toEqual([]);
      expect(await found({ requirement: "nothing" })).toEqual([]);
      // Counts stay those of everybody who matches otherwise, so that another status can be chosen.
      const late = await board(tx, hr, { filter: filter({ status: "overdue" }) }, now);
      expect(late.summary[0]?.counts).toMatchObject({ competent: 1, not_started: 1, overdue: 1 });
      expect(late.choices.departments).toEqual(["Customer Support", "Sales"]);
    });
  });

  it("exports what matches, records who did, and leaves no formula for a spreadsheet to run", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      await aPerson(tx, { id: "p-ann", name: '=HYPERLINK("http://x")', title: "Buyer, senior" });
      await aPerson(tx, { id: "p-bo", name: "Zoë Bo", title: "+1", department: "@home" });
      await assignRequirements(tx, system, {}, now);
      await set(tx, "p-bo", { completedAt: days(-1), renewFrom: days(300), expiresAt: days(360) });
      const csv = await csvOf(tx, hr, filter());
      expect(csv.startsWith("\uFEFFPerson id,Name,")).toBe(true);
      expect(csv.endsWith("\r\n")).toBe(true);
      const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true });
      expect(rows).toMatchObject([
        { Name: `'=HYPERLINK("http://x")`, Title: "Buyer, senior", Status: "Not started" },
        { Name: "Zoë Bo", Title: "'+1", Department: "'@home", Status: "Competent" },
      ]);
      expect(rows[1]?.["Expires"]).toBe(days(360).toISOString().slice(0, 10));
      expect(rows.every((row) => !/^[=+\-@\t\r]/.test(Object.values(row).join("\n")))).toBe(true);
      const some = parse(await csvOf(tx, hr, filter({ status: "competent" })), { bom: true });
      expect(some).toHaveLength(2);
      const events = await tx.select({ data: sql`data` }).from(auditEvent);
      expect(events.map((event) => event.data)).toEqual(
        expect.arrayContaining([
          { rows: 2, filter: "" },
          { rows: 1, filter: "status=competent" },
        ]),
      );
    });
  });
});
