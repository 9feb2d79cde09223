import { eq } from "drizzle-orm";
import { certificate } from "#db/schema/evidence.ts";
import { askAgain } from "#app/domain/competence/retraining.server.ts";
import { approveBasis } from "#app/domain/competence/basis-decision.server.ts";
import { submitBasis } from "#app/domain/competence/basis.server.ts";
import { importLegacy } from "#app/domain/competence/legacy-record.server.ts";
import { recordLeave } from "#app/domain/competence/person-details.server.ts";
import { revokeCompetence } from "#app/domain/competence/revocation.server.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { grantWaiver } from "#app/domain/competence/waiver.server.ts";
import { setSamplePasswords } from "#app/domain/people/import.server.ts";
import { signIn } from "#app/domain/people/session.server.ts";
import { recordLeaving } from "#app/domain/people/leaving.server.ts";
import { gradewise, joiners, people, revisedCheck, revisedPolicy, shortModule } from "./company.ts";
import * as improvement from "./improvement.ts";
import { must, type World } from "./world.ts";

type Happening = (world: World) => Promise<unknown>;

const passes = (requirement: string, ...ids: string[]): Happening[] =>
  ids.map((id) => (world) => world.study(id, requirement));
const signs = (...ids: string[]): Happening[] => ids.map((id) => (world) => world.sign(id, "ai-policy"));

/** What happens on which day of the year; everything else happens by time. */
export const script: Readonly<Record<string, readonly Happening[]>> = {
  "2027-03-01": [
    (world) => world.publish(),
    (world) => world.join([...people.keys()].filter((id) => !joiners.includes(id))),
    legacy("tom", "texas", "2026-08-20"),
    improvement.fixCriterion,
  ],
  "2027-03-02": [...passes("awareness", "hugo", "sofia", "ravi", "august")],
  "2027-03-03": [...passes("awareness", "ines", "marta", "egon", "tess"), ...passes("oversight", "ravi")],
  "2027-03-04": [experience("emil", "engineering", "2027-12-31")],
  "2027-03-08": passes("awareness", "eva", "elsa", "erik", "edda", "enzo"),
  "2027-03-09": passes("engineering", "egon", "eva", "elsa", "erik", "edda"),
  "2027-03-10": [...passes("awareness", "mila", "hana"), ...passes("oversight", "hana")],
  "2027-03-15": passes("awareness", "tom", "tara", "theo", "tina"),
  "2027-03-16": passes("awareness", "omar", "emil"),
  "2027-03-17": [(world) => world.study("lena", "awareness", false)],
  "2027-03-20": [waiver("quin", "awareness", "2027-06-30")],
  "2027-03-22": [leave("pia", "2027-03-25", "2027-04-30")],
  "2027-03-23": [(world) => world.read("enzo", "engineering")],
  // After the due day, within grace.
  "2027-03-25": [...passes("engineering", "enzo"), ...passes("texas", "tara")],
  "2027-04-05": passes("texas", "tess"),
  "2027-04-20": [improvement.openLateAction],
  "2027-04-21": passes("awareness", "lena"),
  "2027-04-22": [improvement.planLateAction],
  "2027-05-04": [improvement.concludeEvaluation],
  "2027-05-05": [improvement.doLateAction],
  "2027-05-12": passes("awareness", "pia"),
  "2027-05-20": [leaving("omar", "2027-05-31")],
  "2027-05-30": [access("omar", true)],
  "2027-05-31": [access("omar", false)],
  "2027-06-01": [
    improvement.closeLateAction,
    async (world) => {
      world.content.policies.push(revisedPolicy);
      world.content.checks.push(revisedCheck);
      await world.publish();
    },
  ],
  "2027-06-10": [
    (world) => world.retention("eva", "engineering", true),
    (world) => world.retention("elsa", "engineering", false),
  ],
  "2027-06-14": [(world) => world.join(["jo"])],
  "2027-06-15": [
    // A mover: one period ends, one begins, at once.
    (world) =>
      world.change(
        "erik",
        { location: "Austin", computerShare: 60, audiences: ["all-staff"] },
        { department: "Field", from: "2027-05-25" },
      ),
  ],
  "2027-06-25": passes("engineering", "elsa"),
  "2027-06-28": passes("awareness", "jo"),
  "2027-06-29": passes("engineering", "jo"),
  "2027-06-30": passes("texas", "erik"),
  "2027-07-02": signs("mila", "hana", "ines", "hugo", "sofia", "ravi", "august"),
  "2027-07-05": [
    ...signs("marta", "egon", "tess", "lena", "pia", "eva", "emil", "elsa", "erik", "edda", "enzo"),
    (world) => world.change("enzo", { audiences: ["all-staff"] }),
  ],
  "2027-07-19": [(world) => world.change("enzo", { audiences: ["all-staff", "engineers"] })],
  "2027-07-20": [...passes("awareness", "quin"), ...passes("texas", "jo")],
  "2027-08-02": [
    async (world) => {
      world.content.systems.push(gradewise);
      await world.publish();
    },
    ...passes("texas", "tom"),
  ],
  "2027-08-10": passes("texas", "tess"),
  "2027-08-16": [revocation("edda", "engineering")],
  "2027-08-18": passes("oversight", "tom"),
  "2027-09-01": passes("engineering", "edda"),
  "2027-09-06": [incident("awareness", "Support", 14)],
  "2027-09-07": passes("texas", "tara"),
  "2027-09-10": passes("awareness", "mila", "marta"),
  "2027-09-14": passes("awareness", "lena", "pia"),
  "2027-09-20": [
    (world) =>
      world.change(
        "tina",
        { audiences: ["all-staff", "engineers"] },
        { department: "Engineering", from: "2027-08-15" },
      ),
  ],
  "2027-09-27": passes("awareness", "quin"),
  "2027-09-28": [(world) => world.read("tina", "engineering")],
  "2027-10-01": [improvement.recordManagementReview],
  "2027-10-04": [
    async (world) => {
      const revised = shortModule("engineering", [], "2.0.0");
      world.content.modules = world.content.modules.map((one) => (one.slug === revised.slug ? revised : one));
      await world.publish();
      for (const id of world.oracle.people.keys()) world.oracle.of(id, "engineering").askAgain(world.clock);
    },
  ],
  // In the middle of the earlier version: it counts, for the shorter time.
  "2027-10-06": [
    ...passes("engineering", "tina"),
    async (world) => world.oracle.of("tina", "engineering").askAgain(world.clock),
  ],
  "2027-10-11": passes("engineering", "egon", "eva", "elsa"),
  "2027-10-14": passes("engineering", "edda", "emil", "jo"),
  "2027-10-20": passes("engineering", "tina"),
  "2027-11-03": passes("engineering", "enzo"),
  // It was another day, and another department: what was said last counts from its day on.
  "2027-11-08": [(world) => world.change("erik", {}, { department: "Works", from: "2027-06-10" })],
  "2028-01-10": passes("awareness", "sofia"),
  "2028-01-20": passes("awareness", "ravi", "august", "ines", "egon"),
  "2028-02-10": [...passes("awareness", "eva", "elsa", "erik"), (world) => world.join(["june"])],
  "2028-02-14": [...passes("awareness", "hana", "tess"), ...passes("oversight", "ravi")],
  "2028-02-16": passes("awareness", "tom", "tara", "theo", "edda"),
  "2028-02-29": passes("awareness", "june"),
  "2028-03-04": passes("awareness", "hugo"),
};

function legacy(id: string, requirement: string, completedOn: string): Happening {
  return async (world) => {
    const rows = `person,requirement,completed_on,source_system\n${id},${requirement},${completedOn},TrainHub\n`;
    const file = { name: "trainhub.csv", bytes: new Uint8Array(Buffer.from(rows)) };
    must(await importLegacy(world.db, world.actor("ines"), file, world.clock));
    world.oracle.of(id, requirement).imported(completedOn);
  };
}

/** Experience, submitted and approved: it counts where it is accepted, and nowhere else. */
function experience(id: string, requirement: string, until: string): Happening {
  return async (world) => {
    const { db, clock } = world;
    const input = {
      requirement,
      kind: "experience",
      title: "Ten years of model testing",
      issuer: "Earlier employer",
      obtainedOn: "2026-12-31",
      validUntil: null,
      link: "https://example.org/letter",
      note: "",
      file: null,
      replaces: null,
    } as const;
    const submitted = must(await submitBasis(db, world.actor(id), input, clock));
    const approve = (counting: string) =>
      approveBasis(
        db,
        world.actor("ines"),
        { basisId: submitted.id, note: "The letter says so.", counts: { requirement: counting, until } },
        clock,
      );
    const elsewhere = await approve("awareness");
    if (elsewhere?.ok !== false || elsewhere.reason !== "not_accepted")
      throw new Error("experience counted where it is not accepted");
    must(await approve(requirement));
    world.oracle.of(id, requirement).recognise(clock, until);
  };
}

function waiver(id: string, requirement: string, until: string): Happening {
  return async (world) => {
    const { db, clock } = world;
    const hr = world.actor("ines");
    const shown = await board(db, hr, { filter: boardFilter.parse({ q: id, requirement }) }, clock);
    const periodId = shown.people[0]?.cells[0]?.periodId ?? "";
    must(await grantWaiver(db, hr, { periodId, reason: "On a project elsewhere.", until }, clock));
    world.oracle.of(id, requirement).waive(until);
  };
}

function leave(id: string, from: string, until: string): Happening {
  return async (world) => {
    const input = { personId: id, kind: "parental", from, until } as const;
    must(await recordLeave(world.db, world.actor("ines"), input, world.clock));
    for (const { slug } of world.oracle.demands) world.oracle.of(id, slug).away(from, until);
  };
}

function leaving(id: string, leftOn: string): Happening {
  return async (world) => {
    const input = { email: `${id}@aldermoor.example`, leftOn };
    must(await recordLeaving(world.db, world.actor("ines"), input, world.clock));
    const facts = world.oracle.people.get(id);
    if (facts) facts.leftOn = leftOn;
    world.whereabouts.leaves(id, leftOn, world.clock);
  };
}

/** Whether somebody gets in with the right password. */
function access(id: string, ok: boolean): Happening {
  return async ({ db, clock }) => {
    const [email, password] = [`${id}@aldermoor.example`, "a long enough password"];
    if (ok) await setSamplePasswords(db, [id], password, clock);
    const got = await signIn(db, { email, password }, clock);
    if (got.ok !== ok) throw new Error(`${id} ${ok ? "is kept out" : "still gets in"}`);
  };
}

function revocation(id: string, requirement: string): Happening {
  return async (world) => {
    const issued = await world.db.select().from(certificate).where(eq(certificate.personId, id));
    const title = `Training ${requirement}`;
    const held = issued.filter((one) => one.title === title).at(-1);
    const reason = "Somebody else sat the assessment.";
    must(
      await revokeCompetence(world.db, world.actor("ines"), held?.id ?? "", reason, world.clock, "conduct"),
    );
    world.oracle.of(id, requirement).revoke(world.clock);
  };
}

function incident(requirement: string, department: string, dueDays: number): Happening {
  return async (world) => {
    const input = { requirement, department, cause: "incident", reason: "A leak.", dueDays } as const;
    must(await askAgain(world.db, world.actor("ines"), input, world.clock));
    for (const [id, row] of people)
      if (row.department === department && world.oracle.people.has(id))
        world.oracle.of(id, requirement).askAgain(world.clock, dueDays);
  };
}
