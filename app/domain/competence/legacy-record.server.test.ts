import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { legacyRecord } from "#db/schema/basis.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, storedStatements } from "#test/factories.ts";
import { mailing } from "#test/mailing.ts";
import { reconcile } from "../evidence/reconciliation.server.ts";
import { extensions } from "../evidence/profile-concept.ts";
import { Forbidden, system } from "../people/permission.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { importLegacy, previewLegacy } from "./legacy-record.server.ts";
import { planReminders } from "./reminder.server.ts";
import type { AsAt } from "./as-at.ts";
import { recordAsAt } from "./record-as-at.server.ts";
import { personRecord } from "./record.server.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const head = "person,requirement,completed_on,valid_until,source_system,reference,score";
const fileOf = (...rows: string[]) => ({
  name: "records.csv",
  bytes: new Uint8Array(Buffer.from([head, ...rows].join("\r\n"))),
});
const good = fileOf(
  "p-ann@aldermoor.example,ai-awareness-yearly,2026-06-01,2027-06-30,TrainHub,C-2,91",
  "p-ann,ai-awareness-yearly,2025-05-01,,TrainHub,C-1,",
  "p-bo,ai-awareness-yearly,2024-02-29,,TrainHub,C-3,80",
);

async function aWorld(db: Db) {
  await anOrganisation(db);
  const hr = actorFor(await aPerson(db, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  const ann = actorFor(await aPerson(db, { id: "p-ann" }));
  await aPerson(db, { id: "p-bo", audiences: [] });
  await publishRequirements(db, [aRequirement], now);
  await assignRequirements(db, system, {}, now);
  const periodsOf = (id: string) =>
    db.select().from(period).where(eq(period.personId, id)).orderBy(asc(period.number));
  return { db, hr, ann, periodsOf };
}

onBothEngines("records of an earlier system", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("become periods before those recorded here, with provenance and the time of then", () =>
    world(async ({ db, hr, ann, periodsOf }) => {
      const preview = {
        records: 3,
        people: 2,
        requirements: [{ title: aRequirement.title, records: 3, counting: 1 }],
      };
      expect(await previewLegacy(db, hr, good, now)).toEqual({ ok: true, known: false, preview });
      expect(await db.$count(legacyRecord)).toBe(0);
      expect(await importLegacy(db, hr, good, now)).toEqual({ ok: true, known: false, preview });
      expect(await periodsOf("p-ann")).toMatchObject([
        { number: -1, recognisedAs: "legacy", supersededAt: new Date("2026-06-01T12:00:00Z") },
        {
          number: 0,
          recognisedAs: "legacy",
          expiresAt: new Date("2027-06-01T21:59:59Z"),
          supersededAt: null,
        },
        { number: 1, completedAt: null, supersededAt: null, dueAt: new Date("2027-06-01T21:59:59Z") },
      ]);
      expect(await periodsOf("p-bo")).toMatchObject([{ number: 1, recognisedAs: "legacy" }]);
      const said = await storedStatements(db);
      expect(said.map((one) => one.timestamp.slice(0, 10)).toSorted()).toEqual([
        "2024-02-29",
        "2025-05-01",
        "2026-06-01",
      ]);
      expect(said[1]?.context?.extensions?.[extensions.provenance]).toMatchObject({
        system: "TrainHub",
        row: 2,
      });
      expect(await db.$count(certificate)).toBe(0);
      expect((await reconcile(db, hr)).gaps).toEqual([]);
      const record = await personRecord(db, ann, "p-ann", now);
      expect(record?.requirements[0]).toMatchObject({ state: "competent" });
      // Nobody is reminded of it while it counts, and of its end like of any other date.
      const remind = (day: string) => planReminders(db, mailing.reminders, new Date(`${day}T12:00:00Z`));
      expect(await remind("2027-01-20")).toBe(0);
      expect(await remind("2027-05-20")).toBe(1);
      // The cycle goes on from here.
      const expired = new Date("2027-06-02T00:00:00Z");
      await openDuePeriods(db, expired);
      expect((await periodsOf("p-ann")).filter((one) => one.supersededAt === null)).toMatchObject([
        { number: 1 },
      ]);
    }));

  it("leave what was known before they came as it was known", () =>
    world(async ({ db, hr, ann }) => {
      const asAt: AsAt = { day: "2026-11-25", at: new Date("2026-11-25T23:59:59.999Z"), known: "then" };
      const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
      const known = () => recordAsAt(db, ann, "p-ann", asAt, days(9));
      const before = await known();
      expect(before?.requirements).toMatchObject([{ state: "not_started", dueAt: expect.any(Date) }]);
      await importLegacy(db, hr, good, days(8));
      expect(await known()).toEqual(before);
    }));

  it("change nothing when the same file comes again", () =>
    world(async ({ db, hr }) => {
      await importLegacy(db, hr, good, now);
      expect(await importLegacy(db, hr, good, now)).toMatchObject({ ok: true, known: true });
      expect(await db.$count(legacyRecord)).toBe(3);
      expect(await db.$count(period)).toBe(4);
    }));

  it("are refused whole, with row and column of every fault", () =>
    world(async ({ db, hr }) => {
      await importLegacy(db, hr, good, now);
      const bad = fileOf(
        "p-nobody,ai-awareness-yearly,2025-01-01,,TrainHub,,",
        "p-hr,other,2027-01-01,2026-01-01,,,101",
        "p-ann,ai-awareness-yearly,2026-06-01,,TrainHub,C-2,",
        "p-bo,ai-awareness-yearly,2025-01-01,,TrainHub,,",
        "p-bo,ai-awareness-yearly,2023-01-01,,TrainHub,,",
        "p-bo,ai-awareness-yearly,2023-01-01,,TrainHub,,",
      );
      const outcome = await importLegacy(db, hr, bad, now);
      const faults = outcome.ok ? [] : outcome.faults.map((one) => `${one.row} ${one.column} ${one.reason}`);
      expect(faults).toEqual([
        "2 person unknown_person",
        "3 person own",
        "3 requirement unknown_requirement",
        "3 completed_on future",
        "3 valid_until before",
        "3 source_system missing",
        "3 score no_score",
        "4 completed_on known",
        "5 completed_on later",
        "7 completed_on twice",
      ]);
      expect(await db.$count(legacyRecord)).toBe(3);
    }));

  it.each([
    ["nothing at all", "", "1 empty"],
    ["another table", "name,age\nAnn,3", "1 unknown_column"],
    ["no CSV", '"a', "1 unreadable"],
    ["no text", "\u0000", "1 unreadable"],
    ["open in row 4", 'a,b\n1,2\n3,4\n"5,6\n7,8\n9,10\n', "4 unreadable"],
    ["wrongly quoted in row 3", 'a,b\n1,2\n"3"x,4\n', "3 unreadable"],
  ])("are refused where the file is %s", (_of, text, fault) =>
    world(async ({ db, hr }) => {
      const file = { name: "x.csv", bytes: new Uint8Array(Buffer.from(text)) };
      const outcome = await previewLegacy(db, hr, file, now);
      expect(outcome.ok ? [] : outcome.faults.map((one) => `${one.row} ${one.reason}`)).toContain(fault);
    }),
  );

  it("are imported by HR alone", () =>
    world(async ({ db, ann }) => {
      await expect(previewLegacy(db, ann, good, now)).rejects.toThrow(Forbidden);
      await expect(importLegacy(db, ann, good, now)).rejects.toThrow(Forbidden);
    }));
});
