import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { waiver } from "#db/schema/competence.ts";
import { attemptGrant } from "#db/schema/learning.ts";
import { action, loader } from "#app/routes/_app.records.$personId/route.tsx";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T09:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const module = aModule();
const waive = { intent: "waive", reason: "Parental leave.", until: "2027-02-28" };
const attempt = { intent: "grant_attempt", reason: "Was ill on the day." };
const revoke = { intent: "revoke", reason: "Issued in error.", category: "error", confirmed: "yes" };

async function aWorld(db: Db) {
  await anOrganisation(db);
  const aside = { audiences: [] };
  await aPerson(db, { id: "p-boss", roles: ["employee", "manager"], ...aside });
  const mila = actorFor(await aPerson(db, { id: "p-mila", managerId: "p-boss" }));
  await aPerson(db, { id: "p-dana", roles: ["employee", "hr"], ...aside });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"], ...aside });
  await aPerson(db, { id: "p-other", roles: ["employee", "manager"], ...aside });
  await aCourse(db, daysAgo(20), module);
  const context = services(db, now);
  const see = (as: string | null, personId = "p-mila", search = "") =>
    open<Awaited<ReturnType<typeof loader>>>(loader, context, `/records/${personId}${search}`, {
      as,
      params: { personId },
    });
  const first = async (as: string) => {
    const period = (await see(as)).body.record.requirements[0]?.periods[0];
    if (!period) throw new Error("no period");
    return period;
  };
  return {
    db,
    see,
    first,
    sit: (share: number, at: Date) => sitAssessment(db, mila, module, share, at),
    do: (as: string, fields: Record<string, string>, personId = "p-mila") =>
      send(action, context, `/records/${personId}`, fields, { as, params: { personId } }),
  };
}

onBothEngines("a record's page", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("opens for the person, the manager, HR and auditors only", () =>
    world(async ({ see }) => {
      expect((await see("p-mila")).body).toMatchObject({ own: true, board: false });
      for (const as of ["p-boss", "p-dana", "p-august"])
        expect((await see(as)).body).toMatchObject({ own: false, board: true });
      expect((await see("p-other")).status).toBe(403);
      expect((await see("p-dana", "p-nobody")).status).toBe(404);
      expect((await see("p-mila", "p-nobody")).status).toBe(403);
      expect(await see(null)).toMatchObject({ status: 302, location: "/sign-in?to=%2Frecords%2Fp-mila" });
    }));

  it("puts one event on the audit log when it is somebody else's", () =>
    world(async ({ see, db }) => {
      const readings = () => db.$count(auditEvent, eq(auditEvent.type, "record.read"));
      await see("p-mila");
      expect(await readings()).toBe(0);
      await see("p-dana");
      expect(await readings()).toBe(1);
      await see("p-other");
      expect(await readings()).toBe(1);
    }));

  it("never shows answer keys to the person or the manager, however it is asked", () =>
    world(async ({ see, first, sit }) => {
      await sit(0, daysAgo(10));
      await sit(1, daysAgo(5));
      const { id } = await first("p-mila");
      for (const as of ["p-mila", "p-boss"]) {
        const { status, body } = await see(as, "p-mila", `?full=${id}`);
        expect(status).toBe(200);
        expect(body.bodies).toBeNull();
        expect(JSON.stringify(body)).not.toMatch(/correctResponsesPattern|"correct"|feedback/);
      }
    }));

  it("shows the statements of one period in full to those who may read evidence", () =>
    world(async ({ see, first, sit }) => {
      await sit(1, daysAgo(5));
      const { id, statements } = await first("p-august");
      expect((await see("p-august")).body.bodies).toBeNull();
      const { bodies } = (await see("p-august", "p-mila", `?full=${id}`)).body;
      expect(Object.keys(bodies?.byId ?? {})).toEqual(statements.map((s) => s.id));
      expect(Object.values(bodies?.byId ?? {}).join("")).toContain("correctResponsesPattern");
      expect((await see("p-august", "p-mila", `?full=${randomUUID()}`)).body.bodies).toBeNull();
      expect((await see("p-august", "p-mila", "?full=nonsense")).body.bodies).toBeNull();
    }));

  it("takes a waiver from HR", () =>
    world(async ({ see, first, do: post }) => {
      const { id } = await first("p-dana");
      const answer = await post("p-dana", { ...waive, id });
      expect(answer).toMatchObject({ status: 302, location: "/records/p-mila?done=waive" });
      expect((await see("p-dana", "p-mila", "?done=waive")).body).toMatchObject({
        done: "waive",
        record: { requirements: [{ state: "waived", periods: [{ waivers: [{ reason: waive.reason }] }] }] },
      });
    }));

  it("names the field that is wrong and keeps the text", () =>
    world(async ({ first, do: post, db }) => {
      const { id } = await first("p-dana");
      const errorsOf = async (fields: Record<string, string>) => {
        const { status, form } = await post("p-dana", { id, ...fields });
        expect(status).toBe(422);
        expect(form.values).toMatchObject(fields);
        return Object.keys(form.errors).toSorted();
      };
      expect(await errorsOf({})).toEqual(["intent"]);
      expect(await errorsOf({ ...waive, reason: "Leave", until: "" })).toEqual(["reason", "until"]);
      expect(await errorsOf({ ...waive, until: "2026-11-23" })).toEqual(["until"]);
      expect(await errorsOf({ ...waive, until: "2029-01-01" })).toEqual(["until"]);
      expect(await errorsOf({ ...attempt, reason: " " })).toEqual(["reason"]);
      expect(await errorsOf({ intent: "revoke", reason: revoke.reason })).toEqual(["category", "confirmed"]);
      expect(await errorsOf({ ...waive, id: "1" })).toEqual(["id"]);
      expect(await db.$count(waiver)).toBe(0);
    }));

  it("answers a waiver for what has been completed meanwhile with 409 and the text kept", () =>
    world(async ({ first, sit, do: post }) => {
      const { id } = await first("p-dana");
      await sit(1, daysAgo(1));
      const answer = await post("p-dana", { ...waive, id });
      expect(answer).toMatchObject({ status: 409, form: { values: waive, errors: {} } });
      expect(answer.form.message).toMatch(/completed/);
    }));

  it("grants one attempt when all are used up, and no second one", () =>
    world(async ({ first, sit, do: post, db }) => {
      const { id } = await first("p-dana");
      expect((await post("p-dana", { ...attempt, id })).status).toBe(409);
      await sit(0, daysAgo(10));
      await sit(0, daysAgo(5));
      expect(await first("p-dana")).toMatchObject({ mayGrantAttempt: true });
      expect((await post("p-dana", { ...attempt, id })).status).toBe(302);
      expect(await first("p-mila")).toMatchObject({ grants: [{ reason: attempt.reason }] });
      const again = await post("p-dana", { ...attempt, id });
      expect(again).toMatchObject({ status: 409, form: { values: { reason: attempt.reason } } });
      expect(await db.$count(attemptGrant)).toBe(1);
    }));

  it("revokes a certificate once, and with it the competence", () =>
    world(async ({ first, see, sit, do: post }) => {
      await sit(1, daysAgo(5));
      const id = (await first("p-dana")).certificate?.id ?? "";
      expect((await post("p-dana", { ...revoke, id })).status).toBe(302);
      const [requirement] = (await see("p-mila")).body.record.requirements;
      expect(requirement).toMatchObject({
        state: "not_started",
        periods: [
          { stands: true, certificate: null },
          { stands: false, certificate: { status: "revoked", revocationReason: revoke.reason } },
        ],
      });
      const again = await post("p-dana", { ...revoke, id });
      expect(again).toMatchObject({ status: 409, form: { values: { reason: revoke.reason } } });
    }));

  it("lets nobody but HR change anything, and nobody through another person's record", () =>
    world(async ({ first, sit, do: post }) => {
      const { id } = await first("p-dana");
      for (const as of ["p-mila", "p-boss", "p-august", "p-other"]) {
        expect((await post(as, { ...waive, id })).status).toBe(403);
        expect((await post(as, { ...attempt, id })).status).toBe(403);
      }
      await sit(1, daysAgo(5));
      const certificate = (await first("p-mila")).certificate?.id ?? "";
      for (const as of ["p-mila", "p-boss", "p-august"])
        expect((await post(as, { ...revoke, id: certificate })).status).toBe(403);
      for (const personId of ["p-boss", "p-nobody"]) {
        expect((await post("p-dana", { ...waive, id }, personId)).status).toBe(404);
        expect((await post("p-dana", { ...revoke, id: certificate }, personId)).status).toBe(404);
      }
      expect((await post("p-dana", { ...waive, id: randomUUID() })).status).toBe(404);
    }));
});
