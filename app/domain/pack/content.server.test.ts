import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { message } from "#db/schema/communication.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import { aPolicy, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { aSigner } from "#test/evidence.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { unzip } from "#test/unzip.ts";
import { ladderIn } from "../../../scripts/pack-tools.ts";
import { verifyPack } from "../../../scripts/verify-pack.mjs";
import { choosePreference } from "../communication/preference.server.ts";
import { openAcknowledgements } from "../competence/acknowledgement-duty.server.ts";
import { assignRequirements } from "../competence/assignment.server.ts";
import { askAgain } from "../competence/retraining.server.ts";
import { submitBasis } from "../competence/basis.server.ts";
import { approveBasis } from "../competence/basis-decision.server.ts";
import { openAction, takeActionStep } from "../competence/corrective-action.server.ts";
import { importLegacy } from "../competence/legacy-record.server.ts";
import { checkProofFile } from "../competence/proof-file.server.ts";
import { changePerson, personDetails } from "../competence/person-details.server.ts";
import type { DetailsInput } from "../competence/person-details.ts";
import { publishRequirements } from "../competence/requirement.server.ts";
import { endWaiver, grantWaiver } from "../competence/waiver.server.ts";
import { publishContent } from "../content/publish.server.ts";
import { criterion } from "../effectiveness/criterion.ts";
import { writeCriterion } from "../effectiveness/evaluation.server.ts";
import { conclude, evaluateDue } from "../effectiveness/evaluation-result.server.ts";
import { conclusion } from "../effectiveness/verdict.ts";
import { recordReview } from "../effectiveness/review.server.ts";
import { reviewForm } from "../effectiveness/review.ts";
import { type Actor, system } from "../people/permission.ts";
import { buildPack } from "./build.server.ts";
import { drawNew } from "./sample.server.ts";
import { packScope } from "./scope.ts";

const now = new Date("2026-11-24T09:00:00Z");
const on = (day: string): Date => new Date(`${day}T09:00:00Z`);
const slug = aRequirement.slug;
const signer = aSigner();
const folder = mkdtempSync(join(tmpdir(), "clause7-content-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const requirement = { ...aRequirement, accepts: ["education" as const] };

function ok<T extends { ok: boolean } | null>(done: T): Extract<T, { ok: true }> {
  if (!done?.ok) throw new Error(JSON.stringify(done));
  return done as Extract<T, { ok: true }>;
}

/** Until the end of June: Ann's degree was approved, Bo waived. Then Bo's waiver ended, and older facts were recorded. */
async function aYear(db: Db) {
  await anOrganisation(db);
  const aside = { audiences: [], department: "HR" };
  const hr = actorFor(await aPerson(db, { id: "p-hr", roles: ["employee", "hr"], ...aside }));
  const second = actorFor(await aPerson(db, { id: "p-hr2", roles: ["employee", "hr"], ...aside }));
  const august = actorFor(await aPerson(db, { id: "p-august", roles: ["employee", "auditor"], ...aside }));
  const ann = actorFor(await aPerson(db, { id: "p-ann", name: "Ann Berg", department: "Support" }));
  await aPerson(db, { id: "p-bo", name: "Bo Lind", department: "Sales" });
  const policy = { ...aPolicy(), audiences: ["all-staff"] };
  await publishContent(db, { modules: [], policies: [policy] }, on("2026-01-05"));
  await publishRequirements(db, [requirement], on("2026-01-05"));
  await assignRequirements(db, system, {}, on("2026-01-05"));
  const [bo] = await db.select().from(period).where(eq(period.personId, "p-bo"));
  if (!bo) throw new Error("no period");

  const proof = ok(await checkProofFile({ bytes: png, name: "degree.png" }, null)).file;
  const degree = { title: "MSc", issuer: "TU Delft", obtainedOn: "2024-07-01", validUntil: null, note: "" };
  const sent = { ...degree, requirement: slug, kind: "education" as const, link: null, replaces: null };
  const basisId = ok(await submitBasis(db, ann, { ...sent, file: proof }, on("2026-02-01"))).id;
  const counts = { requirement: slug, until: "2026-12-31" };
  const approval = { basisId, note: "Compared with the original.", counts };
  ok(await approveBasis(db, hr, approval, on("2026-02-02")));
  const leave = { periodId: bo.id, reason: "On parental leave.", until: "2026-09-30" };
  ok(await grantWaiver(db, hr, leave, on("2026-03-01")));

  const fixed = criterion.parse({
    title: "Awareness works",
    requirement: slug,
    measure: "pass_share",
    threshold: 80,
    confirm: "estimate",
    minimumN: 5,
    audiences: [],
    departments: [],
    startsOn: "2026-03-01",
    decisionOn: "2026-04-01",
    evaluatorId: "p-hr2",
  });
  const written = { id: null, criterion: fixed, reason: "", lock: true };
  const id = ok(await writeCriterion(db, hr, written, on("2026-02-20"))).id;
  await evaluateDue(db, on("2026-04-01"));
  const concluded = conclusion.parse({
    verdict: "not_determinable",
    reasoning: "Nobody sat the assessment in this time.",
    followUp: "Evaluate again.",
    followUpOwnerId: "p-hr",
    followUpOn: "2026-12-01",
  });
  ok(await conclude(db, second, { id, conclusion: concluded }, on("2026-04-02")));

  const gap = { scope: "person", person: "p-bo@aldermoor.example", group: "", requirement: slug } as const;
  const found = { source: "audit", sourceRef: "F-1", nonconformity: "Missed the date by weeks." } as const;
  const owned = { owner: "p-hr@aldermoor.example", dueOn: "2026-12-01" };
  const action = ok(await openAction(db, hr, { ...gap, ...found, ...owned }, on("2026-03-01"))).id;
  const cause = "Nobody saw the reminder.";
  const take = async (by: typeof hr, step: object, day: string): Promise<void> => {
    const input = { actionId: action, ...step } as Parameters<typeof takeActionStep>[2];
    ok(await takeActionStep(db, by, input, on(day)));
  };
  await take(hr, { step: "planned", cause, note: "Tell the manager, too.", ...owned }, "2026-03-02");
  await take(hr, { step: "done", note: "The manager was told." }, "2026-03-20");
  const effect = { verdict: "effective", method: "Counted those late.", before: "4", after: "0", note: "" };
  await take(second, { step: "verified", ...effect }, "2026-05-01");

  await db.insert(message).values({
    id: randomUUID(),
    personId: "p-ann",
    topics: ["training"],
    language: "en",
    subject: "New training",
    text: "",
    html: "",
    optional: false,
    dedupeKey: "one",
    createdAt: on("2026-03-01"),
    queuedAt: on("2026-03-01"),
    nextTryAt: on("2026-03-01"),
    attempts: 1,
    outcome: "sent",
    endedAt: on("2026-03-01"),
  });
  await choosePreference(db, ann, { practice: false, early: true, hours: null }, on("2026-03-05"));
  const changed = { ...requirement, dueDays: 20, effectiveFrom: "2026-05-01" };
  await publishRequirements(db, [changed], on("2026-04-25"));
  const review = async (heldOn: string, at: string): Promise<void> => {
    const form = reviewForm.parse({ heldOn, attendees: "Management", decisions: "Keep on." });
    ok(await recordReview(db, hr, { from: "2026-01-01", until: "2026-05-31", form }, on(at)));
  };
  await review("2026-06-10", "2026-06-11");
  const draw = { purpose: "Spot check", department: "Support", requirement: null, state: null, size: 1 };
  ok(await drawNew(db, august, { ...draw, asAt: "2026-06-12", seed: "42" }, on("2026-06-12")));

  // After the end of June.
  await take(second, { step: "closed", note: "" }, "2026-08-01");
  const [waived] = await db.select().from(waiver);
  const back = { waiverId: waived?.id ?? "", reason: "Came back from leave early." };
  ok(await endWaiver(db, hr, back, on("2026-08-01")));
  const file = `person,requirement,completed_on,valid_until,source_system,reference,score\np-bo,${slug},2026-05-02,,TrainHub,C-1,90`;
  ok(
    await importLegacy(db, hr, { name: "old.csv", bytes: new TextEncoder().encode(file) }, on("2026-09-01")),
  );
  await publishRequirements(
    db,
    [{ ...changed, graceDays: 3, effectiveFrom: "2026-06-01" }],
    on("2026-08-01"),
  );
  await review("2026-06-20", "2026-08-02");
}

async function packOf(db: Db, name: string, until: string, departments: string[] = []) {
  const asked = { departments, requirements: [], from: "2026-01-01", until };
  const scope = packScope(asked, null, { keys: true, samples: "all" }, now);
  if (!scope) throw new Error("no scope");
  const out = join(folder, `${name}.zip`);
  const order = { id: name, scope, requestedBy: { id: "p-august", name: "August Berg" }, madeAt: now };
  const tools = { verifier: "", product: "0.1.0", reminders: ladderIn("content") };
  await buildPack(db, signer, order, { ...tools, folder: `${out}.parts`, out });
  expect((await verifyPack(out)).lines.filter((line) => line.startsWith("FAULT"))).toEqual([]);
  return unzip(readFileSync(out));
}

async function moved(
  db: Db,
  hr: Actor,
  personId: string,
  set: Partial<DetailsInput>,
  from: string,
  at: Date,
): Promise<void> {
  const details = await personDetails(db, hr, personId, at);
  if (!details) throw new Error(`nobody is called ${personId}`);
  const { id: _, name: _name, ...known } = details.person;
  const input = { personId, details: { ...known, ...set }, from };
  expect(await changePerson(db, hr, input, at)).toMatchObject({ changed: 1 });
}

const lineOf = (text: string | undefined, part: string): string =>
  text?.split("\r\n").find((line) => line.includes(part)) ?? "";

onBothEngines("what a pack shows", (database) => {
  const world = (body: (db: Db) => Promise<void>) =>
    database.rolledBack(async (db) => {
      await aYear(db);
      await body(db);
    });

  it("is what was known at its end, and counts what was recorded since", () =>
    world(async (db) => {
      const again = { cause: "hr" as const, reason: "A new tool came.", dueDays: 30 };
      const hr = actorFor(await aPerson(db, { id: "p-hr3", roles: ["employee", "hr"], audiences: [] }));
      await askAgain(db, hr, { requirement: slug, ...again, personIds: ["p-ann"] }, on("2026-08-15"));
      // Bo moved in June, which was recorded in August; and left after the time, which is nothing of it.
      await moved(db, hr, "p-bo", { department: "Support" }, "2026-06-01", on("2026-08-01"));
      await moved(db, hr, "p-ann", { leftOn: "2027-01-01" }, "2026-08-01", on("2026-08-01"));
      const files = await packOf(db, `then-${database.engine}`, "2026-06-30");
      const competence = files["7.2-b-d/competence.csv"];
      expect(lineOf(competence, "p-ann")).toMatch(/Competent,Education,MSc; TU Delft,[0-9a-f]{64},p-hr,/);
      expect(lineOf(competence, "p-ann")).toContain(",2026-12-31,");
      expect(lineOf(competence, "p-bo")).toMatch(/Waived,,.*2026-10-01T00:00:00.000Z,On parental leave/);
      expect(lineOf(competence, "p-bo")).toContain(",Bo Lind,Sales,");
      const sales = await packOf(db, `sales-then-${database.engine}`, "2026-06-30", ["Sales"]);
      expect(lineOf(sales["7.2-b-d/competence.csv"], "p-bo")).toContain("Waived");
      expect(sales["README.html"]).toMatch(/whose name, department.*<td>1</);
      expect(files["7.2-b-d/earlier-systems.csv"]).not.toContain("TrainHub");
      expect(files["7.2-b-d/waivers.csv"]).not.toContain("Came back");
      expect(files["7.2-a/versions.csv"]?.split("\r\n").slice(1, 3)).toEqual([
        expect.stringMatching(/,1,2026-01-01,2026-04-30,.*Audience: all-staff/),
        expect.stringMatching(/,2,2026-05-01,,.*Days to complete it/),
      ]);
      expect(lineOf(files["7.2-a/requirements.csv"], slug)).toContain(",20,14,2026-05-01,");
      expect(lineOf(files["7.2-c/evaluations.csv"], "Awareness works")).toMatch(
        /Decided,.*at least 80 per cent,.*[0-9a-f]{64}.*Not determinable,.*Evaluate again/,
      );
      expect(lineOf(files["7.4/messages.csv"], "p-ann")).toMatch(/New training,en,mail,.*,Sent,/);
      const told = files["7.4/what-when-with-whom.html"];
      expect(told).toContain("14 days before the due date");
      expect(told).toContain("<td>Questions that keep what was learned fresh</td><td>1</td>");
      expect(lineOf(files["10.2/actions.csv"], "F-1")).toMatch(/Effective, to be closed.*Effective,$/);
      expect(files["10.2/steps.csv"]).toContain("Counted those late.");
      expect(Object.keys(files).filter((path) => /^9\.3\/.*json$/.test(path))).toHaveLength(1);
      expect(Object.keys(files).filter((path) => /people\/p-ann\/proof-.*\.png$/.test(path))).toHaveLength(1);
      expect(files["samples/people/p-ann.html"]).toContain("Basis: Education; MSc; TU Delft");
      const index = files["README.html"] ?? "";
      for (const line of [
        /earlier systems.*<td>1</,
        /Waivers.*<td>1</,
        /Versions.*<td>1</,
        /reviews.*<td>1</,
        /whose name, department.*<td>1</,
      ])
        expect(index).toMatch(line);
    }));

  it("shows later what was recorded since, and counts no cycle twice that carries a competence on", () =>
    world(async (db) => {
      const [first] = await db.select().from(period).where(eq(period.personId, "p-ann"));
      if (!first) throw new Error("no period");
      const ended = { endedAt: on("2026-08-10"), endedReason: "does_not_apply" as const };
      await db.update(period).set(ended).where(eq(period.id, first.id));
      const carried = { id: randomUUID(), number: 2, assignedAt: on("2026-08-11"), recognisedAs: null };
      await db.insert(period).values({ ...first, ...carried, carriedFrom: first.id });
      const files = await packOf(db, `now-${database.engine}`, "2026-11-24");
      const competence = files["7.2-b-d/competence.csv"];
      expect(lineOf(competence, "p-bo")).toContain("Record of an earlier system");
      expect(lineOf(competence, "p-ann")).toContain("Education, carried on from cycle 1");
      expect(lineOf(files["7.2-b-d/periods.csv"], first.id)).toContain("education");
      const year = await packOf(db, `year-${database.engine}`, "2026-08-20");
      expect(lineOf(year["texas-hb-3512/completion.csv"], "p-ann")).toMatch(
        new RegExp(`,90,${slug},2026-02-02T09:00:00.000Z,not certified,no$`),
      );
      expect(year["texas-hb-3512/summary.html"]).toContain("Nobody counts as trained");
      const certified = { authority: "texas_dir" as const, reference: "DIR 7", from: "2026-02-02" };
      await db
        .update(requirementVersion)
        .set({ body: { ...requirement, certifications: [{ ...certified, until: "2026-02-02" }] } })
        .where(eq(requirementVersion.requirementSlug, slug));
      const after = await packOf(db, `certified-${database.engine}`, "2026-08-20");
      expect(lineOf(after["texas-hb-3512/completion.csv"], "p-ann")).toMatch(/,DIR 7,yes$/);
      expect(after["texas-hb-3512/summary.html"]).not.toContain("Nobody counts");
      expect(lineOf(files["10.2/actions.csv"], "F-1")).toContain("Closed");
      expect(files["README.html"]).toContain("Recorded since: none.");
      const open = (await openAcknowledgements(db, now)).map((one) => one.personId);
      const listed = files["7.3/not-acknowledged.csv"]?.split("\r\n").slice(1).filter(Boolean) ?? [];
      expect(listed.map((line) => line.split(",")[0]).toSorted()).toEqual(open.toSorted());
    }));

  it("holds what is about others, or about all, out of the pack of a department", () =>
    world(async (db) => {
      const files = await packOf(db, `sales-${database.engine}`, "2026-11-24", ["Sales"]);
      const all = Object.values(files).join("\n");
      expect(all).not.toContain("Ann Berg");
      expect(all).not.toContain("TU Delft");
      expect(Object.keys(files).filter((path) => path.startsWith("9.3/"))).toEqual(["9.3/README.html"]);
      expect(lineOf(files["10.2/actions.csv"], "F-1")).toContain("Bo Lind (p-bo)");
      expect(all).not.toContain("Person p-hr");
    }));
});
