import { and, eq } from "drizzle-orm";
import { PDFDocument, StandardFonts } from "pdf-lib";
import type { Db } from "#db/client.server.ts";
import { waiver } from "#db/schema/competence.ts";
import type { person } from "#db/schema/people.ts";
import { attestCompetence, submitBasis } from "#app/domain/competence/basis.server.ts";
import { approveBasis, refuseBasis } from "#app/domain/competence/basis-decision.server.ts";
import { enrolmentFor } from "#app/domain/competence/enrolment.server.ts";
import { importLegacy } from "#app/domain/competence/legacy-record.server.ts";
import { checkProofFile } from "#app/domain/competence/proof-file.server.ts";
import { endWaiver, grantWaiver } from "#app/domain/competence/waiver.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { actionActs } from "./sample-action.ts";

const day = 86_400_000;
/** The import comes in the small hours, when nobody is in the middle of a training. */
const smallHours = 6 * 3_600_000;
type Person = typeof person.$inferSelect;
type Act = { at: Date; run: (at: Date) => Promise<unknown> };

/**
 * What competence rests on besides trainings in the sample organisation: proofs in every state, an attestation, records of
 * the earlier system, a waiver that ended early, and gaps that are being closed. Nothing where the people are others.
 */
export function basisActs(db: Db, people: readonly Person[], span: { began: Date; now: Date }): Act[] {
  const actorOf = (id: string): Actor => {
    const found = people.find((one) => one.id === id);
    if (!found) throw new Error(`the sample organisation has no ${id}`);
    return { id, name: found.name, roles: found.roles };
  };
  if (!["p-ines", "p-dana", "p-ravi"].every((id) => people.some((one) => one.id === id))) return [];
  const hr = actorOf("p-ines");
  const ago = (days: number, run: Act["run"]): Act => ({
    at: new Date(span.now.getTime() - days * day),
    run,
  });
  const until = dayFrom(span.now, 300);
  return [
    { at: new Date(span.began.getTime() + day - smallHours), run: (at) => earlierRecords(db, hr, at) },
    ago(20, (at) =>
      degree(db, actorOf("p-arjun"), at, async (basisId) =>
        approveBasis(
          db,
          hr,
          {
            basisId,
            note: "Seen against the original; the curriculum covers testing and documentation of models.",
            counts: { requirement: "ai-engineering-yearly", until },
          },
          at,
        ),
      ),
    ),
    ago(15, (at) => attested(db, actorOf("p-dana"), hr, at, until)),
    ago(11, (at) => refusedCourse(db, actorOf("p-joost"), hr, at)),
    ago(3, (at) =>
      submitBasis(
        db,
        actorOf("p-tomasz"),
        {
          requirement: "ai-engineering-yearly",
          kind: "experience",
          title: "Two years of model validation at a maker of medical devices",
          issuer: "Head of validation, Noordzee Medical",
          obtainedOn: dayFrom(at, -120),
          validUntil: null,
          link: "https://references.noordzee-medical.example/luczak",
          note: "Wrote the test plans for two classifiers and signed their releases.",
          file: null,
          replaces: null,
        },
        at,
      ),
    ),
    ago(12, (at) => onLeave(db, hr, at)),
    ago(4, (at) => backEarly(db, hr, at)),
    ...actionActs(db, actorOf, span.now),
  ];
}

const dayFrom = (from: Date, days: number): string =>
  new Date(from.getTime() + days * day).toISOString().slice(0, 10);

/** The list that was exported from the system in use before. */
async function earlierRecords(db: Db, hr: Actor, at: Date): Promise<unknown> {
  const rows = [
    ["p-henrik", -210, 88],
    ["p-lea", -180, 92],
    ["p-piotr", -155, 79],
    ["p-piotr", -520, 84],
  ].map(([id, days, score], i) =>
    [id, "ai-awareness-yearly", dayFrom(at, Number(days)), "", "TrainHub 4", `TH-${1040 + i}`, score].join(
      ",",
    ),
  );
  const head = "person,requirement,completed_on,valid_until,source_system,reference,score";
  const bytes = new Uint8Array(Buffer.from(`${[head, ...rows].join("\r\n")}\r\n`));
  const done = await importLegacy(db, hr, { name: "trainhub-export.csv", bytes }, at);
  if (!done.ok) throw new Error(`sample records: ${JSON.stringify(done.faults)}`);
  return done;
}

async function degree(
  db: Db,
  who: Actor,
  at: Date,
  then: (basisId: string) => Promise<unknown>,
): Promise<unknown> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.TimesRoman);
  page.drawText("Sample University of Technology", { x: 90, y: 700, size: 22, font });
  page.drawText(`${who.name}: Master of Science in Machine Learning`, { x: 90, y: 640, size: 14, font });
  page.drawText("A sample document, made for the sample organisation.", { x: 90, y: 600, size: 11, font });
  document.setCreationDate(at);
  document.setModificationDate(at);
  const checked = await checkProofFile(
    { bytes: await document.save(), name: "msc-machine-learning.pdf" },
    null,
  );
  const done = await submitBasis(
    db,
    who,
    {
      requirement: "ai-engineering-yearly",
      kind: "education",
      title: "MSc Machine Learning",
      issuer: "Sample University of Technology",
      obtainedOn: dayFrom(at, -500),
      validUntil: null,
      link: null,
      note: "",
      file: checked.ok ? checked.file : null,
      replaces: null,
    },
    at,
  );
  return done?.ok ? then(done.id) : done;
}

/** Two people of customer support: one meets every criterion, one does not. */
async function attested(db: Db, manager: Actor, hr: Actor, at: Date, until: string): Promise<unknown> {
  const requirement = "ai-customer-support-yearly";
  const attest = (personId: string, missed: number | null, note: string) =>
    attestCompetence(
      db,
      manager,
      {
        personId,
        requirement,
        method: "observation",
        observedOn: dayFrom(at, -2),
        validUntil: null,
        note,
        said: [0, 1, 2].map((i) => ({
          met: i === missed ? "not_met" : "met",
          note: i === missed ? "Sent two answers without opening the source." : "",
        })),
      },
      at,
    );
  await attest("p-sander", 1, "Sat beside him for two afternoons of calls and chats.");
  const done = await attest("p-grace", null, "Sat beside her for two afternoons, and read ten of her chats.");
  if (!done?.ok) return done;
  const note = "Spoke with Dana Okafor about what she saw; every criterion is met.";
  return approveBasis(db, hr, { basisId: done.id, note, counts: { requirement, until } }, at);
}

async function refusedCourse(db: Db, who: Actor, hr: Actor, at: Date): Promise<unknown> {
  const done = await submitBasis(
    db,
    who,
    {
      requirement: null,
      kind: "training",
      title: "Prompting in an afternoon",
      issuer: "An online platform",
      obtainedOn: dayFrom(at, -40),
      validUntil: null,
      link: "https://courses.example/certificates/5521",
      note: "",
      file: null,
      replaces: null,
    },
    at,
  );
  if (!done?.ok) return done;
  const note = "The link shows no name. Send the certificate as a file, please.";
  return refuseBasis(db, hr, { basisId: done.id, note }, at);
}

async function onLeave(db: Db, hr: Actor, at: Date): Promise<unknown> {
  const enrolment = await enrolmentFor(db, "p-thandi", "ai-customer-support-yearly");
  if (!enrolment) return null;
  const input = {
    periodId: enrolment.period.id,
    reason: "Seconded to the warehouse, without access to AI tools.",
    until: dayFrom(at, 60),
  };
  return grantWaiver(db, hr, input, at);
}

async function backEarly(db: Db, hr: Actor, at: Date): Promise<unknown> {
  const enrolment = await enrolmentFor(db, "p-thandi", "ai-customer-support-yearly");
  if (!enrolment) return null;
  const [row] = await db
    .select({ id: waiver.id })
    .from(waiver)
    .where(and(eq(waiver.periodId, enrolment.period.id)));
  if (!row) return null;
  return endWaiver(db, hr, { waiverId: row.id, reason: "Is back in customer support since Monday." }, at);
}
