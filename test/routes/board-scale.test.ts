import readXlsxFile from "read-excel-file/node";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { loader as workbook } from "#app/routes/_app.board[.]xlsx.ts";
import { action as keep, loader as page } from "#app/routes/_app.board/route.tsx";
import { loader as trends } from "#app/routes/_app.board_.trends/route.tsx";
import { loader as allActions } from "#app/routes/_app.bulk-actions._index.tsx";
import { action as bulk, loader as bulkForm } from "#app/routes/_app.bulk-actions.new/route.tsx";
import { action as undo, loader as progress } from "#app/routes/_app.bulk-actions.$id/route.tsx";
import { loader as messages } from "#app/routes/_app.admin.messages/route.tsx";
import { action as onRecord, loader as recordOf } from "#app/routes/_app.records.$personId/route.tsx";
import { loader as requirementOf } from "#app/routes/_app.requirements.$slug/route.tsx";
import { loader as asAt } from "#app/routes/_app.records.$personId_.as-at/route.tsx";
import { workBulkActions } from "#app/domain/competence/bulk-work.server.ts";
import { changePerson, personDetails } from "#app/domain/competence/person-details.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { writeDigests } from "#app/domain/competence/digest.server.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
const assigned = new Date("2026-10-01T10:00:00Z");
type Page = Awaited<ReturnType<typeof page>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  const hired = { hiredOn: "2020-01-01" };
  await aPerson(db, { id: "p-ines", name: "Inês Carvalho", roles: ["employee", "hr"], ...hired });
  await aPerson(db, { id: "p-dana", name: "Dana Okafor", roles: ["employee", "manager"], ...hired });
  await aPerson(db, { id: "p-mila", name: "=Mila", managerId: "p-dana", location: "Austin", ...hired });
  await aCourse(db, assigned);
  return services(db, now);
}

onBothEngines("the board, further", (database) => {
  const world = (body: (context: Awaited<ReturnType<typeof aWorld>>, tx: Db) => Promise<void>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx), tx));

  it(
    "narrows by place and manager, looks back, and opens with a view that is kept",
    world(async (context) => {
      const show = (search: string) => open<Page>(page, context, `/board${search}`, { as: "p-ines" });
      expect((await show("?location=Austin&manager=dana%20okafor")).body.total).toBe(0);
      expect((await show("?location=Austin&manager=Dana%20Okafor")).body.total).toBe(1);
      const past = await show("?at=2026-10-02&known=then");
      expect(past.body).toMatchObject({ asAt: { day: "2026-10-02", known: "then" }, total: 3, bulk: null });
      expect(past.body.people[0]?.cells).toMatchObject([{ state: "not_started" }]);
      expect((await show("?at=2026-09-01")).body.people[0]?.cells).toEqual([]);
      const view = { intent: "save", name: "Austin", query: "location=Austin", opens: "yes" };
      const kept = await send(keep, context, "/board", view, { as: "p-ines" });
      expect(kept).toMatchObject({ status: 302, location: "/board?location=Austin" });
      expect((await show("")).location).toBe("/board?location=Austin");
      expect((await show("?view=none")).body.total).toBe(3);
      const again = await send(keep, context, "/board", view, { as: "p-ines" });
      expect([again.status, Object.keys(again.form.errors), again.form.values["name"]]).toEqual([
        409,
        ["name"],
        "Austin",
      ]);
      expect((await send(keep, context, "/board", view, { as: "p-mila" })).status).toBe(403);
    }),
  );

  it(
    "gives a workbook whose texts are no formulas, and coverage to those who have a board",
    world(async (context) => {
      const cookie = await cookieFor(context, "p-ines");
      const request = new Request("http://localhost:3000/board.xlsx?location=Austin", {
        headers: { cookie },
      });
      const answer = await workbook({ request, params: {}, context });
      const file = Buffer.from(await answer.arrayBuffer());
      const [sheet] = await readXlsxFile(file);
      expect(sheet?.data[1]?.[1]).toBe("=Mila");
      expect(sheet?.data[1]?.[7]).toBeInstanceOf(Date);
      expect((await open(workbook, context, "/board.xlsx", { as: "p-dana" })).status).toBe(403);
      type Trend = Awaited<ReturnType<typeof trends>>;
      const told = await open<Trend>(trends, context, "/board/trends?months=6", { as: "p-dana" });
      expect(told.body.all.map((point) => point.standing)).toEqual([0, 0, 0, 0, 0, 1, 1]);
      expect((await open(trends, context, "/board/trends", { as: "p-mila" })).status).toBe(403);
    }),
  );

  it(
    "does something for many in three steps, and takes it back",
    world(async (context, tx) => {
      const as = "p-ines";
      const path = "/bulk-actions/new?location=Austin";
      const sent = {
        step: "preview",
        kind: "grant_waiver",
        who: "all",
        reason: "The site is closed.",
        until: "",
      };
      const bad = await send(bulk, context, path, sent, { as });
      expect([bad.status, Object.keys(bad.form.errors)]).toEqual([422, ["until"]]);
      type Preview = { preview: { periods: number }; id: string; mark: string };
      const shown = await send<Preview>(bulk, context, path, { ...sent, until: "2026-12-31" }, { as });
      expect(shown.body.preview).toMatchObject({ periods: 1, first: [{ name: "=Mila" }] });
      const { id, mark } = shown.body;
      const start = { ...sent, step: "start", until: "2026-12-31", id, mark };
      const later = await send<Preview>(bulk, context, path, { ...start, until: "2026-12-30" }, { as });
      expect(later.form.message).toContain("This is not what was previewed.");
      expect(later).toMatchObject({
        body: { preview: { periods: 1 } },
        form: { values: { until: "2026-12-30" } },
      });
      expect((await send(bulk, context, path, start, { as })).location).toBe(`/bulk-actions/${id}`);
      await workBulkActions(tx, () => now);
      type Progress = Awaited<ReturnType<typeof progress>>;
      const of = { as, params: { id } };
      const { body } = await open<Progress>(progress, context, `/bulk-actions/${id}`, of);
      expect(body).toMatchObject({ view: { total: 1, done: 1, refused: 0 }, mayUndo: true });
      const back = { undoId: body.undoId, reason: "It was the wrong site." };
      expect((await send(undo, context, `/bulk-actions/${id}`, back, of)).location).toContain(body.undoId);
      const { actions } = (
        await open<Awaited<ReturnType<typeof allActions>>>(allActions, context, "/bulk-actions", { as })
      ).body;
      expect(actions.map((one) => one.id).toSorted()).toEqual([id, body.undoId].toSorted());
      for (const who of ["p-dana", "p-mila"]) {
        expect((await open(allActions, context, "/bulk-actions", { as: who })).status).toBe(403);
        expect((await open(bulkForm, context, path, { as: who })).status).toBe(403);
        expect((await send(bulk, context, path, start, { as: who })).status).toBe(403);
        expect((await open(progress, context, "/", { as: who, params: { id } })).status).toBe(403);
      }
    }),
  );

  it(
    "assigns a requirement by name, shows it where it is asked, and ends it there",
    world(async (context, tx) => {
      const as = "p-ines";
      const path = "/bulk-actions/new?location=Austin";
      const slug = "ai-engineering";
      await publishRequirements(tx, [aRequirement, { ...aRequirement, slug, audiences: ["engineers"] }], now);
      const sent = { step: "preview", kind: "assign", who: "all", reason: "Asked for by the auditor." };
      const bad = await send(bulk, context, path, { ...sent, requirement: "", lastDay: "" }, { as });
      expect([bad.status, Object.keys(bad.form.errors)]).toEqual([422, ["requirement"]]);
      const late = await send(
        bulk,
        context,
        path,
        { ...sent, requirement: slug, lastDay: "2026-11-01" },
        { as },
      );
      expect([late.status, Object.keys(late.form.errors)]).toEqual([422, ["lastDay"]]);
      const whole = { ...sent, requirement: slug, lastDay: "" };
      type Preview = { preview: { periods: number }; id: string; mark: string };
      const { id, mark, preview } = (await send<Preview>(bulk, context, path, whole, { as })).body;
      expect(preview).toMatchObject({ periods: 1, already: 0 });
      await send(bulk, context, path, { ...whole, step: "start", id, mark }, { as });
      await workBulkActions(tx, () => now);
      const asked = await open<Awaited<ReturnType<typeof requirementOf>>>(
        requirementOf,
        context,
        `/requirements/${slug}`,
        { as, params: { slug } },
      );
      expect(asked.body.namings).toMatchObject({ total: 1, lines: [{ name: "=Mila", by: "Inês Carvalho" }] });
      const params = { personId: "p-mila" };
      type Told = Awaited<ReturnType<typeof recordOf>>;
      const told = (await open<Told>(recordOf, context, "/records/p-mila", { as: "p-mila", params })).body;
      expect(told).toMatchObject({ mayName: false, namings: [{ requirement: slug }] });
      const end = { intent: "end_naming", id: told.namings[0]?.id ?? "", reason: "It was the wrong person." };
      const on = (who: string) => send(onRecord, context, "/records/p-mila", end, { as: who, params });
      expect((await on("p-dana")).status).toBe(403);
      expect((await on(as)).location).toBe("/records/p-mila?done=end_naming");
      expect((await on(as)).status).toBe(409);
      expect((await send(bulk, context, path, whole, { as: "p-dana" })).status).toBe(403);
    }),
  );

  it(
    "reminds now, asks again, and sends the people on to a corrective action",
    world(async (context, tx) => {
      const as = "p-ines";
      const path = "/bulk-actions/new?location=Austin";
      const remind = { kind: "remind", who: "ticked", person: ["p-mila"], reason: "" };
      type Preview = { preview: { periods: number }; id: string; mark: string };
      const previewed = await send<Preview>(bulk, context, path, { ...remind, step: "preview" }, { as });
      const { id, mark } = previewed.body;
      const start = { ...remind, step: "start", id, mark };
      expect((await send(bulk, context, path, start, { as })).location).toBe(`/bulk-actions/${id}`);
      await workBulkActions(tx, () => now);
      await writeDigests(tx, context.mailing, context.baseUrl, now);
      type Log = Awaited<ReturnType<typeof messages>>;
      const { body } = await open<Log>(messages, context, "/admin/messages", { as });
      expect(body.messages).toMatchObject([{ personId: "p-mila", askedBy: ["Inês Carvalho"] }]);
      const again = { kind: "retrain", who: "all", reason: "", cause: "", dueDays: "0", step: "preview" };
      const bad = await send(bulk, context, path, again, { as });
      expect(Object.keys(bad.form.errors).toSorted()).toEqual(["cause", "dueDays", "reason"]);
      const ticked = await send(bulk, context, path, { ...remind, step: "action" }, { as });
      expect(ticked.location).toBe("/actions/new?people=p-mila");
      const all = await send(bulk, context, path, { who: "all", step: "action" }, { as });
      expect(all.location).toBe("/actions/new?board=location%3DAustin");
    }),
  );

  it(
    "shows a manager those further below on the board, whose records stay shut",
    world(async (context, tx) => {
      await aPerson(tx, { id: "p-below", name: "Bea", managerId: "p-mila", hiredOn: "2020-01-01" });
      const show = async (search: string) =>
        (await open<Page>(page, context, `/board${search}`, { as: "p-dana" })).body.people.map((one) => [
          one.id,
          one.opens,
        ]);
      expect(await show("")).toEqual([["p-mila", true]]);
      expect(await show("?team=below")).toEqual([
        ["p-mila", true],
        ["p-below", false],
      ]);
      expect(await show("?team=below&at=2026-10-02&known=then")).toEqual([
        ["p-mila", true],
        ["p-below", false],
      ]);
      const shut = { as: "p-dana", params: { personId: "p-below" } };
      expect((await open(recordOf, context, "/records/p-below", shut)).status).toBe(403);
    }),
  );

  it(
    "tells a record as at a day, to those who may read it",
    world(async (context, tx) => {
      type Told = Awaited<ReturnType<typeof asAt>>;
      const params = { personId: "p-mila" };
      const path = "/records/p-mila/as-at?at=2026-10-02&known=then";
      for (const as of ["p-mila", "p-dana", "p-ines"])
        expect((await open<Told>(asAt, context, path, { as, params })).body).toMatchObject({
          requirements: [{ state: "not_started", completedAt: null }],
        });
      const hr: Actor = { id: "p-ines", name: "", roles: ["hr"] };
      const known = (await personDetails(tx, hr, "p-mila", now))?.person;
      if (!known) throw new Error("no details");
      const details = { ...known, department: "Legal" };
      await changePerson(tx, hr, { personId: "p-mila", details, from: "2026-10-01" }, now);
      for (const [search, department] of [
        ["at=2026-10-02&known=then", "Customer Support"],
        ["at=2026-10-02&known=now", "Legal"],
        ["at=2026-09-30&known=now", "Customer Support"],
      ])
        expect(
          (await open<Told>(asAt, context, `/?${search}`, { as: "p-mila", params })).body.details,
        ).toMatchObject({ department, manager: "Dana Okafor", systems: [], hiredOn: "2020-01-01" });
      const before = await open<Told>(asAt, context, "/?at=2019-12-31", { as: "p-mila", params });
      expect(before.body).toMatchObject({ details: null, person: { name: "=Mila" } });
      expect((await open(asAt, context, path, { as: "p-dana", params: { personId: "p-ines" } })).status).toBe(
        403,
      );
      const today = await open(asAt, context, "/records/p-mila/as-at?at=2026-11-23", {
        as: "p-mila",
        params,
      });
      expect(today.location).toBe("/records/p-mila");
      const link = await open(recordOf, context, "/records/p-mila?at=2026-10-02", { as: "p-mila", params });
      expect(link.location).toBe("/records/p-mila/as-at?at=2026-10-02");
    }),
  );
});
