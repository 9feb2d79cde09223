import { asc, eq } from "drizzle-orm";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { correctiveAction, correctiveActionEvent } from "#db/schema/actions.ts";
import { period } from "#db/schema/competence.ts";
import { evaluationResult, evaluationVerdict, managementReview } from "#db/schema/effectiveness.ts";
import { certificate } from "#db/schema/evidence.ts";
import { verifyChain } from "#app/domain/audit/event.server.ts";
import type { Knowledge } from "#app/domain/competence/as-at.ts";
import { personRecord } from "#app/domain/competence/record.server.ts";
import { coverageAt } from "#app/domain/effectiveness/coverage-series.server.ts";
import { verificationOf } from "#app/domain/evidence/verification.server.ts";
import { onBothEngines } from "./database.ts";
import { type FakeSmtp, startSmtp } from "./fakes/smtp.ts";
import { faultOf, turned } from "./pack-changes.ts";
import { plusDays } from "./year/calendar.ts";
import { checkpoint, countsOf, present, type Seen } from "./year/checkpoint.ts";
import { evaluated, reviewed } from "./year/improvement.ts";
import { packOf, sampled, statesIn, tableIn, verifyAlone } from "./year/packing.ts";
import { mailsTo, needless, noticesOf } from "./year/reminders.ts";
import { lifeOf, lives } from "./year/life.ts";
import { script } from "./year/script.ts";
import { wereWhereTheyWere } from "./year/whereabouts.ts";
import { World } from "./year/world.ts";

const first = "2027-03-01";
const last = "2028-03-05";

const folder = mkdtempSync(join(tmpdir(), "clause7-year-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Each test goes on where the one before it ended.
onBothEngines("a year of an organisation", (database) => {
  let world: World;
  let smtp: FakeSmtp;
  let pack: string;
  const seen: Seen[] = [];
  /** The same at the midnight after, by which reviews count. */
  const midnights = new Map<string, Seen["counts"]>();

  beforeAll(async () => {
    smtp = await startSmtp();
    world = new World(database.db, smtp, join(folder, database.engine));
  });
  afterAll(() => smtp.close());

  it("is at the end of every month as the rules say", { timeout: 600_000 }, async () => {
    for (let day = first; day <= last; day = plusDays(day, 1)) {
      for (const [i, happening] of (script[day] ?? []).entries()) {
        world.clock = new Date(Date.parse(`${day}T09:00:00Z`) + i * 60_000);
        await happening(world);
      }
      // In office hours of all places.
      world.clock = new Date(`${day}T15:00:00Z`);
      await world.work();
      if (!plusDays(day, 1).endsWith("-01") && day !== last) continue;
      world.clock = new Date(`${day}T23:59:59Z`);
      seen.push(await checkpoint(world));
      const midnight = new Date(`${plusDays(day, 1)}T00:00:00Z`);
      midnights.set(day, countsOf(world, world.oracle.states(midnight)));
    }
    expect(seen).toHaveLength(13);
  });

  it("is remembered as it was on every day", async () => {
    const days = world.daily.map(({ at, states }) => ({ at, counts: countsOf(world, states) }));
    const all = [...seen, ...days];
    const then = await coverageAt(
      database.db,
      {},
      all.map((one) => one.at),
    );
    for (const [i, { at, counts }] of all.entries())
      for (const [slug, count] of Object.entries(counts))
        expect(present(then.get(slug)?.[i]), `${slug} at ${at.toISOString()}`).toEqual(count);
  });

  it("remembers who was where, as known then and as known now", async () => {
    const months = seen.slice(0, -1).map((one) => one.at.toISOString().slice(0, 10));
    const between = ["2027-05-24", "2027-06-01", "2027-06-12", "2027-06-15", "2027-08-15", "2027-09-19"];
    await wereWhereTheyWere(world, [...months, ...between, "2027-09-20", "2027-11-07", "2027-11-08"]);
    const erik = (known: Knowledge) => months.map((day) => world.whereabouts.on(day, known).get("erik"));
    const [engineering, field, works] = ["Engineering", "Field", "Works"];
    expect(erik("then").slice(2, 9)).toEqual([engineering, field, field, field, field, field, works]);
    expect(erik("now").slice(1, 5)).toEqual([engineering, field, works, works]);
  });

  it.each(Object.entries(lives))("went so with %s", async (key, life) => {
    expect(await lifeOf(world, key)).toEqual(life);
  });

  it("reminded those who had something to do, and told managers and HR of the one who never did it", async () => {
    expect(await needless(world)).toEqual([]);
    const about = (await noticesOf(world)).filter((one) => one.id === "noah");
    expect(about.map(({ day, step, to }) => `${day} ${step} ${to}`)).toEqual([
      "2027-03-01 assigned noah",
      "2027-03-18 due-14 noah",
      "2027-03-29 due-3 noah",
      "2027-04-15 overdue marta",
      "2027-04-15 overdue noah",
      "2027-04-22 overdue-7 marta",
      "2027-04-22 overdue-7 noah",
      "2027-04-29 overdue-14 hugo",
      "2027-04-29 overdue-14 ines",
      "2027-04-29 overdue-14 marta",
      "2027-04-29 overdue-14 noah",
    ]);
    const told = (await mailsTo(world, "ines")).find(
      ({ text }) => text.includes("Noah Year") && text.includes("Requirement awareness"),
    );
    expect(told).toMatchObject({ day: "2027-04-29", outcome: "sent" });
    const taken = smtp.mails.filter((one) => one.text?.includes("Noah Year"));
    const readers = taken.map((one) => [one.to ?? []].flat()[0]?.value[0]?.address?.split("@")[0]);
    expect([...new Set(readers)].toSorted()).toEqual(["hugo", "ines", "marta", "noah"]);
  });

  it("keeps the record of a leaver, who hears nothing more", async () => {
    expect((await mailsTo(world, "omar")).every((one) => one.day < "2027-05-31")).toBe(true);
    const record = await personRecord(database.db, world.actor("august"), "omar", world.clock);
    expect(record?.requirements[0]?.periods).toMatchObject([
      { completedAt: expect.any(Date) as Date, endedAt: new Date("2027-05-31T15:00:00Z") },
    ]);
  });

  it("shows the revoked certificate as revoked and its successor as valid", async () => {
    const { db } = database;
    const issued = await db
      .select()
      .from(certificate)
      .where(eq(certificate.personId, "edda"))
      .orderBy(asc(certificate.issuedAt));
    const found = await Promise.all(
      issued
        .filter((one) => one.title === "Training engineering")
        .map((one) => verificationOf(db, one.code, world.clock)),
    );
    expect(found.map((one) => one?.status)).toEqual(["revoked", "expired", "valid"]);
  });

  it("evaluated by what was fixed before, reviewed by the figures of then, and closed the gap", async () => {
    const { db } = database;
    const firsts = world.firstAttempts.filter(
      ({ at }) => at >= new Date(evaluated.startsOn) && at < new Date(evaluated.decisionOn),
    );
    const passed = firsts.filter((one) => one.passed).length;
    const [result] = await db.select().from(evaluationResult);
    expect(result).toMatchObject({ outcome: "met", computedAt: new Date("2027-05-03T15:00:00Z") });
    expect(result?.body.estimate.n).toBe(firsts.length);
    expect(result?.body.estimate.value).toBeCloseTo((100 * passed) / firsts.length, 6);
    expect(await db.select().from(evaluationVerdict)).toMatchObject([
      { verdict: "effective", evaluatorId: "ravi" },
    ]);

    const [review] = await db.select().from(managementReview);
    expect(review).toMatchObject({ fromOn: reviewed.from, untilOn: reviewed.until });
    expect(review?.figures.requirements.map((one) => one.slug)).toEqual(
      world.oracle.demands.map((one) => one.slug),
    );
    for (const { slug, series } of review?.figures.requirements ?? [])
      for (const { on, counts } of series.slice(1))
        expect(present(counts), `${slug} on ${on}`).toEqual(midnights.get(on)?.[slug]);

    const [action] = await db.select().from(correctiveAction);
    expect(action).toMatchObject({ status: "closed", personId: "lena" });
    const steps = await db.select().from(correctiveActionEvent).orderBy(asc(correctiveActionEvent.position));
    expect(steps.map((one) => one.step)).toEqual(["opened", "planned", "done", "verified", "closed"]);
  });

  it("goes into a pack that says the same and proves itself", { timeout: 300_000 }, async () => {
    const then = world.oracle.states(world.clock);
    const unsigned = world.unsigned("ai-policy", "awareness");
    world.clock = new Date("2028-03-06T15:00:00Z");
    pack = await packOf(world, first, last);
    expect(statesIn(pack)).toEqual(Object.fromEntries(then));
    expect(tableIn(pack, "not-acknowledged.csv").map((row) => row["Person"])).toEqual(unsigned);
    expect(
      tableIn(pack, "measures-by-system.csv").map((row) => `${row["System"]}: ${row["Measures"]}`),
    ).toEqual(["facegate: oversight", "gradewise: oversight", "hirelens: oversight"]);
    expect(
      tableIn(pack, "overseers.csv")
        .filter((row) => row["Requirement"] === "oversight")
        .map((row) => `${row["System"]}: ${row["Overseer"]}, ${row["State"]}`),
    ).toEqual([
      "Gradewise: tom, Competent",
      "Gradewise: ravi, Competent",
      "Hirelens: hana, Expiring",
      "Hirelens: ravi, Competent",
    ]);
    const alone = await verifyAlone(pack, world.signer.keyId);
    expect(alone.said).toMatch(/The pack is whole[\s\S]*which you named[\s\S]*Merkle/);
    expect(alone.ok).toBe(true);
    expect(await verifyChain(database.db)).toMatchObject({ broken: null });
  });

  it("names what was changed, whatever byte of the pack it is", { timeout: 300_000 }, async () => {
    const bytes = sampled(pack);
    expect(bytes.length).toBeGreaterThan(300);
    const faults: (string | null)[] = [];
    for (const [i, one] of bytes.entries()) faults.push(await faultOf(pack, one, i));
    expect(faults.filter((one) => one !== null)).toEqual([]);
    for (const [i, { at, named }] of bytes.filter((_, n) => n % 80 === 0).entries()) {
      const { ok, said } = await turned(pack, at, i % 8, () => verifyAlone(pack, world.signer.keyId));
      expect([ok, said]).toEqual([false, expect.stringContaining(named)]);
    }
    expect((await verifyAlone(pack, world.signer.keyId)).ok).toBe(true);
  });

  it("keeps the anniversary of a 29 February, in common years and in leap years", async () => {
    const ends = async (): Promise<(string | undefined)[]> => {
      const rows = await database.db
        .select()
        .from(period)
        .where(eq(period.personId, "june"))
        .orderBy(asc(period.number));
      return rows.map((one) => one.expiresAt?.toISOString());
    };
    for (const year of ["2029", "2030", "2031", "2032"]) {
      world.clock = new Date(`${year}-01-20T09:00:00Z`);
      await world.work();
      await world.study("june", "awareness");
    }
    // All renewed early: nobody loses days by it.
    expect(await ends()).toEqual([
      "2029-02-28T22:59:59.000Z",
      "2030-02-28T22:59:59.000Z",
      "2031-02-28T22:59:59.000Z",
      "2032-02-29T22:59:59.000Z",
      "2033-02-28T22:59:59.000Z",
    ]);
  });
});
