import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { ActionFunctionArgs } from "@remix-run/node";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { basis, legacyRecord } from "#db/schema/basis.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { assignRequirements } from "#app/domain/competence/assignment.server.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { publishContent } from "#app/domain/content/publish.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { action as decide, loader as basisPage } from "#app/routes/_app.basis.$basisId/route.tsx";
import { loader as home } from "#app/routes/_app._index/route.tsx";
import { loader as queue } from "#app/routes/_app.basis._index.tsx";
import { action as importRecords, loader as importPage } from "#app/routes/_app.import.records/route.tsx";
import { loader as proof } from "#app/routes/_app.proofs.$id.ts";
import { action as recordAction, loader as record } from "#app/routes/_app.records.$personId/route.tsx";
import {
  action as attest,
  loader as attestPage,
} from "#app/routes/_app.records.$personId_.attestation/route.tsx";
import { action as submit, loader as submitPage } from "#app/routes/_app.records.$personId_.basis/route.tsx";
import { aModule, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { type Answer, cookieFor, open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T09:00:00Z");
const slug = aRequirement.slug;
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const fields = {
  kind: "experience",
  title: "Three years of model validation",
  issuer: "Head of analytics",
  obtainedOn: "2025-12-31",
  validUntil: "",
  requirement: slug,
  link: "",
  note: "",
};

async function aWorld(db: Db) {
  await anOrganisation(db);
  const aside = { audiences: [] };
  await aPerson(db, { id: "p-boss", roles: ["employee", "manager"], ...aside });
  await aPerson(db, { id: "p-ann", managerId: "p-boss" });
  await aPerson(db, { id: "p-hr", roles: ["employee", "hr"], ...aside });
  await aPerson(db, { id: "p-other", roles: ["employee"], ...aside });
  const accepts = ["experience" as const, "attestation" as const];
  await publishRequirements(db, [{ ...aRequirement, accepts, criteria: ["Names the limits"] }], now);
  await assignRequirements(db, system, {}, now);
  const context = services(db, now);
  /** Sends a form with a file, as a browser does. */
  const upload = async (
    door: (args: ActionFunctionArgs) => unknown,
    path: string,
    sent: Record<string, string>,
    file: { name: string; bytes: Uint8Array<ArrayBuffer> } | null,
    as: string,
    params: Record<string, string> = {},
  ): Promise<Answer<unknown>> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(sent)) body.append(name, value);
    body.append("file", new File(file ? [file.bytes] : [], file?.name ?? ""));
    const headers = { cookie: await cookieFor(context, as) };
    const request = new Request(`${context.baseUrl}${path}`, { method: "POST", body, headers });
    return open((args) => door({ ...args, request }), context, path, { as, params });
  };
  const submitAs = (as: string, file: { name: string; bytes: Uint8Array<ArrayBuffer> } | null, sent = {}) =>
    upload(submit, "/records/p-ann/basis", { ...fields, ...sent }, file, as, { personId: "p-ann" });
  return { db, context, upload, submitAs };
}

onBothEngines("proofs of competence in the browser", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("stand on the home page while they wait, for HR too, and once decided until their person has looked", () =>
    world(async ({ context, submitAs, db }) => {
      await publishContent(db, { modules: [{ ...aModule(), acknowledges: [] }], policies: [] }, now);
      const sent = await submitAs("p-ann", { name: "reference.png", bytes: png });
      const basisId = /\/basis\/([0-9a-f-]+)\?/.exec(sent.location ?? "")?.[1] ?? "";
      type Home = Awaited<ReturnType<typeof home>>;
      const waiting = async (as: string) => (await open<Home>(home, context, "/", { as })).body.waiting;
      const none = { decided: [], undecided: [], actions: [], toDecide: { proofs: 0, erasures: 0 } };
      expect(await waiting("p-ann")).toMatchObject({ decided: [], undecided: [{ id: basisId }] });
      expect(await waiting("p-hr")).toEqual({ ...none, toDecide: { proofs: 1, erasures: 0 } });
      const refuse = { intent: "refuse", note: "The head of analytics knows of none." };
      const params = { basisId };
      const path = `/basis/${basisId}`;
      expect((await send(decide, context, path, refuse, { as: "p-hr", params })).status).toBe(302);
      expect(await waiting("p-hr")).toEqual(none);
      await open(basisPage, context, path, { as: "p-hr", params });
      expect(await waiting("p-ann")).toMatchObject({ decided: [{ id: basisId, state: "refused" }] });
      await open(basisPage, context, path, { as: "p-ann", params });
      expect(await waiting("p-ann")).toEqual(none);
    }));

  it("are submitted with a file, decided by HR, and shown on the record", () =>
    world(async ({ context, submitAs, db }) => {
      const sent = await submitAs("p-ann", { name: "reference.png", bytes: png });
      expect(sent).toMatchObject({ status: 302 });
      const basisId = /\/basis\/([0-9a-f-]+)\?/.exec(sent.location ?? "")?.[1] ?? "";
      const waiting = await open<Awaited<ReturnType<typeof queue>>>(queue, context, "/basis", { as: "p-hr" });
      expect(waiting.body.rows).toMatchObject([{ id: basisId, person: "Person p-ann", state: "submitted" }]);
      const params = { basisId };
      const note = "Asked the head of analytics.";
      const short = { intent: "approve", requirement: slug, until: "", note: "ok" };
      const wrong = await send(decide, context, `/basis/${basisId}`, short, { as: "p-hr", params });
      expect(Object.keys(wrong.form.errors).toSorted()).toEqual(["note", "until"]);
      expect(wrong.form.values).toMatchObject(short);
      const noDay = await send(
        decide,
        context,
        `/basis/${basisId}`,
        { ...short, note },
        { as: "p-hr", params },
      );
      expect(noDay).toMatchObject({
        status: 422,
        form: { errors: { until: "Enter the last day as a date." } },
      });
      const good = { ...short, note, until: "2027-05-31" };
      for (const as of ["p-ann", "p-boss"])
        expect((await send(decide, context, `/basis/${basisId}`, good, { as, params })).status).toBe(403);
      expect(await send(decide, context, `/basis/${basisId}`, good, { as: "p-hr", params })).toMatchObject({
        location: `/basis/${basisId}?done=approve&until=2027-05-31`,
      });
      expect((await send(decide, context, `/basis/${basisId}`, good, { as: "p-hr", params })).status).toBe(
        409,
      );
      const seen = await open<Awaited<ReturnType<typeof record>>>(record, context, "/records/p-ann", {
        as: "p-ann",
        params: { personId: "p-ann" },
      });
      expect(seen.body).toMatchObject({
        bases: [{ id: basisId, state: "approved", file: { name: "reference.png" } }],
        record: { requirements: [{ state: "competent", periods: [{ recognisedAs: "experience" }] }] },
      });
      expect(await db.$count(period, eq(period.recognisedAs, "experience"))).toBe(1);
    }));

  it("keep the fields and name the file when it is refused", () =>
    world(async ({ submitAs, db }) => {
      const page = Uint8Array.from(Buffer.from("<html><script>alert(1)</script></html>"));
      const answer = await submitAs("p-ann", { name: "diploma.pdf", bytes: page });
      expect(answer).toMatchObject({ status: 422, form: { values: { title: fields.title } } });
      expect(answer.form.errors["file"]).toMatch(/PDF, PNG or JPEG/);
      expect((await submitAs("p-ann", null)).form.errors["file"]).toBe("Add a proof: a file or a link.");
      expect((await submitAs("p-ann", null, { link: "http://x.example" })).form.errors).toHaveProperty(
        "link",
      );
      expect((await submitAs("p-other", { name: "a.png", bytes: png })).status).toBe(403);
      expect(await db.$count(basis)).toBe(0);
    }));

  it("are served as attachments that can run nothing, to those who may read the record", () =>
    world(async ({ context, submitAs, db }) => {
      await submitAs("p-ann", { name: "Ärztin.png", bytes: png });
      const [row] = await db.select().from(basis);
      const params = { id: row?.proofFileId ?? "" };
      const path = `/proofs/${params.id}`;
      const headers = { cookie: await cookieFor(context, "p-boss") };
      const request = new Request(`${context.baseUrl}${path}`, { headers });
      const response = await proof({ request, params, context });
      expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="Arztin.png"/);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("content-security-policy")).toContain("sandbox");
      expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(png))).toBe(true);
      expect((await open(proof, context, path, { as: "p-other", params })).status).toBe(403);
      expect((await open(proof, context, "/proofs/x", { as: "p-hr", params: { id: "x" } })).status).toBe(404);
    }));

  it("are attested by the manager alone, every criterion said", () =>
    world(async ({ context, db }) => {
      const params = { personId: "p-ann" };
      const path = "/records/p-ann/attestation";
      expect((await open(attestPage, context, path, { as: "p-boss", params })).body).toMatchObject({
        choices: [{ slug, criteria: ["Names the limits"] }],
      });
      const sent = {
        requirement: slug,
        method: "observation",
        observedOn: "2026-11-20",
        validUntil: "",
        note: "Two weeks in support calls.",
      };
      for (const as of ["p-ann", "p-hr", "p-other"]) {
        expect((await open(attestPage, context, path, { as, params })).status).toBe(403);
        expect((await send(attest, context, path, { ...sent, "met-0": "met" }, { as, params })).status).toBe(
          403,
        );
      }
      const left = await send(attest, context, path, sent, { as: "p-boss", params });
      expect(left).toMatchObject({ status: 422, form: { values: sent } });
      expect(Object.keys(left.form.errors)).toEqual(["criteria"]);
      const empty = await send(attest, context, path, { requirement: slug }, { as: "p-boss", params });
      expect(Object.keys(empty.form.errors)).toEqual(expect.arrayContaining(["criteria", "method", "note"]));
      const done = await send(attest, context, path, { ...sent, "met-0": "met" }, { as: "p-boss", params });
      expect(done.status).toBe(302);
      expect((await db.select().from(basis))[0]).toMatchObject({
        kind: "attestation",
        criteria: [{ text: "Names the limits", met: true }],
      });
    }));

  it("open for the person alone to add one", () =>
    world(async ({ context, submitAs, db }) => {
      const params = { personId: "p-ann" };
      const see = (as: string) => open(submitPage, context, "/records/p-ann/basis", { as, params });
      expect((await see("p-ann")).status).toBe(200);
      for (const as of ["p-boss", "p-hr"]) expect((await see(as)).status).toBe(403);
      const sent = await submitAs("p-ann", { name: "a.png", bytes: png });
      const basisId = /\/basis\/([0-9a-f-]+)\?/.exec(sent.location ?? "")?.[1] ?? "";
      const read = (as: string) => open(basisPage, context, `/basis/${basisId}`, { as, params: { basisId } });
      await read("p-ann");
      expect((await read("p-boss")).body).toMatchObject({ may: { decide: false, withdraw: false } });
      const readings = await db.select().from(auditEvent).where(eq(auditEvent.type, "record.read"));
      expect(readings).toMatchObject([{ actorId: "p-boss", data: { personId: "p-ann", through: "basis" } }]);
      expect((await read("p-other")).status).toBe(403);
      expect((await open(queue, context, "/basis", { as: "p-boss" })).status).toBe(403);
    }));
});

onBothEngines("earlier records in the browser", (database) => {
  it("are checked, then imported, by HR alone", () =>
    database.rolledBack(async (tx) => {
      const { context, upload, db } = await aWorld(tx);
      const csv = `person,requirement,completed_on,source_system\np-ann,${slug},2026-03-01,TrainHub`;
      const file = { name: "old.csv", bytes: Uint8Array.from(Buffer.from(csv)) };
      const path = "/import/records";
      const run = (
        step: string,
        as = "p-hr",
        given: { name: string; bytes: Uint8Array<ArrayBuffer> } | null = file,
      ) => upload(importRecords, path, { step }, given, as);
      expect((await run("import", "p-boss")).status).toBe(403);
      expect((await open(importPage, context, path, { as: "p-boss" })).status).toBe(403);
      expect((await run("check", "p-hr", null)).form.errors).toEqual({ file: "Choose a CSV file." });
      expect((await run("check")).body).toMatchObject({
        result: { imported: false, outcome: { ok: true, preview: { records: 1, people: 1 } } },
      });
      expect(await db.$count(legacyRecord)).toBe(0);
      expect(await run("import")).toMatchObject({ status: 200, body: { result: { imported: true } } });
      expect((await run("import")).body).toMatchObject({ result: { outcome: { known: true } } });
      const bad = { name: "bad.csv", bytes: Uint8Array.from(Buffer.from(csv.replace("p-ann", "p-zoe"))) };
      expect(await run("import", "p-hr", bad)).toMatchObject({
        status: 422,
        body: { result: { outcome: { ok: false, faults: [{ row: 2, column: "person" }] } } },
      });
      expect(await db.$count(legacyRecord)).toBe(1);
    }));
});

onBothEngines("a waiver on a record's page", (database) => {
  it("is ended early with a reason, once, by HR and not through another record", () =>
    database.rolledBack(async (tx) => {
      const { context, db } = await aWorld(tx);
      const [row] = await db.select().from(period).where(eq(period.personId, "p-ann"));
      const params = { personId: "p-ann" };
      const reason = "Came back earlier than planned.";
      const post = (sent: Record<string, string>, as = "p-hr", of = params) =>
        send(recordAction, context, `/records/${of.personId}`, sent, { as, params: of });
      await post({ intent: "waive", id: row?.id ?? "", reason: "Parental leave.", until: "2027-02-28" });
      const [given] = await db.select().from(waiver);
      const end = { intent: "end_waiver", id: given?.id ?? "", reason };
      expect((await post(end, "p-boss")).status).toBe(403);
      expect((await post(end, "p-hr", { personId: "p-other" })).status).toBe(404);
      expect(await post(end)).toMatchObject({ location: "/records/p-ann?done=end_waiver" });
      expect(await post(end)).toMatchObject({ status: 409, form: { values: { reason } } });
      const seen = await open<Awaited<ReturnType<typeof record>>>(record, context, "/records/p-ann", {
        as: "p-ann",
        params,
      });
      expect(seen.body.record.requirements[0]).toMatchObject({
        state: "not_started",
        periods: [
          { waivers: [{ reason: "Parental leave.", counts: false, ended: { by: "Person p-hr", reason } }] },
        ],
      });
    }));
});
