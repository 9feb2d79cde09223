import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { managementReview } from "#db/schema/effectiveness.ts";
import { sha256, canonicalJson } from "#app/domain/audit/event.ts";
import { action as record, loader as show } from "#app/routes/_app.management-review._index/route.tsx";
import { loader as see } from "#app/routes/_app.management-review.$reviewId/route.tsx";
import { loader as pdf } from "#app/routes/_app.management-review[.]pdf.ts";
import { loader as trends } from "#app/routes/_app.board_.trends/route.tsx";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";

const assigned = new Date("2026-03-02T10:00:00Z");
const studied = new Date("2026-04-10T10:00:00Z");
const now = new Date("2026-05-20T10:00:00Z");
const minutes = {
  heldOn: "2026-05-20",
  attendees: "Managing director, HR lead",
  decisions: "Nothing needs to change.",
  what: ["Ask Łukasz to finish", ""],
  ownerId: ["p-ines", ""],
  on: ["2026-06-30", ""],
};
type Shown = Awaited<ReturnType<typeof show>>;
type Seen = Awaited<ReturnType<typeof see>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  const mila = await aPerson(db, { id: "p-mila" });
  await aPerson(db, { id: "p-lukasz" });
  await aPerson(db, { id: "p-ines", roles: ["employee", "hr"], audiences: [] });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"], audiences: [] });
  await aCourse(db, assigned);
  await sitAssessment(db, actorFor(mila), aModule(), 1, studied);
  const context = services(db, now);
  return {
    db,
    context,
    show: (as: string, search = "") => open<Shown>(show, context, `/management-review${search}`, { as }),
    record: (as: string, fields: Record<string, string | string[]> = {}) =>
      send(
        record,
        context,
        "/management-review?index&from=2026-04-01&until=2026-04-12",
        { ...minutes, ...fields },
        { as },
      ),
  };
}

onBothEngines("the management review", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("shows the figures of a period beside those of the one before", () =>
    world(async (w) => {
      const { figures } = (await w.show("p-august", "?from=2026-04-01&until=2026-04-12&check")).body;
      expect(figures).toMatchObject({
        from: "2026-04-01",
        requirements: [
          { compared: { now: { competent: 1, not_started: 1 }, before: { competent: 0, not_started: 2 } } },
        ],
        completions: { now: 1, before: 0 },
        firstAttempts: { now: { passed: 1, n: 1 }, before: { passed: 0, n: 0 } },
        acknowledgements: [{ slug: "ai-policy", people: 2, acknowledged: 1 }],
        cases: { opened: { now: 0, before: 0 }, medianHours: { now: null } },
        audit: { check: { broken: null } },
      });
      // Grace ended on 15 April; a year has not.
      const later = (await w.show("p-ines")).body.figures;
      expect(later.requirements[0]?.compared.now).toMatchObject({ competent: 1, overdue: 1 });
      expect(later.until).toBe("2026-05-20");
    }));

  it("records what was decided with the figures as they were, and prints both", () =>
    world(async (w) => {
      const { location } = await w.record("p-ines");
      const reviewId = /^\/management-review\/(.+)$/.exec(location ?? "")?.[1] ?? "";
      const seen = await open<Seen>(see, w.context, location ?? "", { as: "p-august", params: { reviewId } });
      expect(seen.body).toMatchObject({
        fromOn: "2026-04-01",
        minutes: { actions: [{ what: "Ask Łukasz to finish", on: "2026-06-30", number: 1 }] },
        figures: { completions: { now: 1 }, audit: { check: { broken: null } } },
      });
      const [row] = await w.db.select().from(managementReview).where(eq(managementReview.id, reviewId));
      const { heldOn, figures, minutes: kept } = seen.body;
      expect(row?.sha256).toBe(sha256(canonicalJson({ heldOn, figures, minutes: kept })));
      for (const search of [`?review=${reviewId}`, "?from=2026-04-01&until=2026-04-12"]) {
        const cookie = await cookieFor(w.context, "p-august");
        const request = new Request(`http://localhost/management-review.pdf${search}`, {
          headers: { cookie },
        });
        const file = await pdf({ request, params: {}, context: w.context });
        expect(file.headers.get("content-type")).toBe("application/pdf");
        expect(
          Buffer.from(await file.arrayBuffer())
            .subarray(0, 5)
            .toString(),
        ).toBe("%PDF-");
      }
    }));

  it("refuses what was not held yet, an action of nobody, and everybody whom it does not concern", () =>
    world(async (w) => {
      expect((await w.record("p-ines", { heldOn: "2026-05-21" })).form.errors["heldOn"]).toContain(
        "was held",
      );
      const early = await w.record("p-ines", { on: ["2026-04-01", ""] });
      expect(early.form.errors["what"]).toContain("on or after");
      const nobody = await w.record("p-ines", { ownerId: ["", ""] });
      expect([nobody.status, nobody.form.errors["what"]]).toEqual([
        422,
        "Give each action an owner and a day.",
      ]);
      expect(nobody.form.values["what"]).toEqual(minutes.what);
      expect((await w.record("p-august")).status).toBe(403);
      expect((await w.show("p-mila")).status).toBe(403);
      expect((await open(trends, w.context, "/board/trends", { as: "p-mila" })).status).toBe(403);
    }));

  it("shows the board’s trend to those who have a board", () =>
    world(async (w) => {
      type Trend = Awaited<ReturnType<typeof trends>>;
      const { body } = await open<Trend>(trends, w.context, "/board/trends?status=overdue", { as: "p-ines" });
      expect(body.series[0]?.points.at(-1)).toMatchObject({ competent: 1, standing: 2, waived: 0 });
      expect(body.expiring).toEqual(["30", "60", "90"].map((days) => ({ days, count: 0 })));
    }));
});
