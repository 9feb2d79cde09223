import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import type { Ask } from "#app/domain/evidence/external-copy.ts";
import { syncTargets } from "#app/domain/evidence/lrs-target.server.ts";
import { verbs } from "#app/domain/evidence/statement.ts";
import { action, loader } from "#app/routes/_app.admin.reconciliation/route.tsx";
import { loader as straysLoader } from "#app/routes/_app.admin.reconciliation_.statements.tsx";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { aWildStatement, store } from "#test/stored.ts";

const now = new Date("2026-11-23T10:00:00Z");
const empty: Ask = () => Promise.resolve({ ok: true, held: { statements: [], voided: [] } });
const path = "/admin/reconciliation";

/** `count` completed records of one statement each, all of which `central` was sent. */
async function aWorld(tx: Db, count: number) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", roles: ["employee", "manager"] });
  await aPerson(tx, { id: "p-august", name: "August Berg", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-sofia", name: "Sofia Brandt", roles: ["employee", "admin"] });
  await syncTargets(tx, [{ name: "central", endpoint: "https://lrs.example/xapi" }], now);
  const { slug, title, audiences, module: moduleSlug } = aRequirement;
  await tx
    .insert(requirement)
    .values({ slug, title, moduleSlug, audiences, position: 1, body: aRequirement });
  const registrations = Array.from({ length: count }, () => randomUUID());
  for (const [number, id] of registrations.entries()) {
    const personId = number % 2 ? "p-sofia" : "p-august";
    const times = {
      assignedAt: now,
      dueAt: now,
      graceUntil: now,
      completedAt: new Date(now.getTime() + number),
    };
    await tx.insert(period).values({ id, personId, requirementSlug: slug, number, ...times });
  }
  const said = registrations.map((registration) =>
    aWildStatement({ verb: { id: verbs.completed }, context: { registration } }),
  );
  const seqs = await store(tx, said);
  await tx.update(lrsTarget).set({ cursor: seqs.at(-1) ?? 0 });
  return { registrations, context: services(tx, now, { ask: empty }) };
}

type Page = Awaited<ReturnType<typeof loader>>;

onBothEngines("the reconciliation", (database) => {
  it("is closed to others, and to visitors", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx, 1);
      for (const door of [loader, straysLoader]) {
        const statusFor = async (as: string | null) => (await open(door, context, path, { as })).status;
        expect(await statusFor("p-mila")).toBe(403);
        expect(await statusFor(null)).toBe(302);
        for (const as of ["p-august", "p-sofia"]) expect(await statusFor(as)).toBe(200);
      }
    }));

  it("goes through the records page by page, for whom one asks", () =>
    database.rolledBack(async (tx) => {
      const { context, registrations } = await aWorld(tx, 13);
      const page = async (search = "") =>
        (await open<Page>(loader, context, `${path}${search}`, { as: "p-august" })).body;
      const first = await page();
      expect(first).toMatchObject({ first: true, mayMend: false, targets: ["central"] });
      const second = await page(`?after=${encodeURIComponent(first.next ?? "")}`);
      expect(second).toMatchObject({ first: false, next: null });
      const seen = [...first.checks, ...second.checks].map((check) => check.registration);
      expect(seen).toEqual(registrations.toReversed());
      expect((await page("?search=sofia")).checks).toHaveLength(6);
      expect((await page("?search=nobody")).checks).toEqual([]);
      expect((await page("?after=yesterday&mended=-1")).checks).toHaveLength(10);
    }));

  it("puts what a store lacks in line again, for administrators alone", () =>
    database.rolledBack(async (tx) => {
      const { context, registrations } = await aWorld(tx, 1);
      const [registration = ""] = registrations;
      const mend = (as: string, fields: Record<string, string> = {}, ask = empty) =>
        send(
          action,
          { ...context, ask },
          `${path}?search=berg`,
          { target: "central", registration, ...fields },
          { as },
        );
      expect(await mend("p-august")).toMatchObject({ status: 403 });
      expect(await mend("p-sofia", { registration: "x" })).toMatchObject({ status: 422 });
      expect(await mend("p-sofia", { target: "nobody" })).toMatchObject({
        status: 409,
        form: { message: /nobody is not configured any more/ },
      });
      const silent: Ask = () => Promise.resolve({ ok: false, error: "The LRS answered 503." });
      expect(await mend("p-sofia", {}, silent)).toMatchObject({
        status: 409,
        form: { message: /gave no answer/ },
      });
      expect(await tx.select().from(deadLetter)).toEqual([]);
      expect(await mend("p-sofia")).toMatchObject({
        status: 302,
        location: `${path}?search=berg&mended=1`,
      });
      expect(await tx.select().from(deadLetter)).toMatchObject([{ error: null, retryAt: now, attempts: 0 }]);
      expect(await mend("p-sofia")).toMatchObject({ status: 409, form: { message: /has everything/ } });
    }));
});
