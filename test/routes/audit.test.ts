import type { LoaderFunctionArgs } from "@remix-run/node";
import { and, eq } from "drizzle-orm";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { packJob } from "#db/schema/pack.ts";
import { session } from "#db/schema/people.ts";
import { buildPacks } from "#app/domain/pack/job.server.ts";
import { signIn } from "#app/domain/people/session.server.ts";
import { loader as homeLoader } from "#app/routes/_app.audit._index.tsx";
import { action as packAction, loader as packLoader } from "#app/routes/_app.audit.packs/route.tsx";
import { loader as fileLoader } from "#app/routes/_app.audit.packs_.$id[.]zip.ts";
import { loader as readsLoader } from "#app/routes/_app.audit.reads.tsx";
import { loader as sampleLoader } from "#app/routes/_app.audit.samples.$id.tsx";
import { action as drawAction } from "#app/routes/_app.audit.samples._index/route.tsx";
import { action as seatAction, loader as seatLoader } from "#app/routes/_app.audit.seats/route.tsx";
import { loader as boardLoader } from "#app/routes/_app.board/route.tsx";
import { loader as certificateLoader } from "#app/routes/_app.certificates.$id.ts";
import { loader as recordLoader } from "#app/routes/_app.records.$personId/route.tsx";
import { action as takeAction, loader as takeLoader } from "#app/routes/_public.seat.$token.tsx";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { aSigner } from "#test/evidence.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { unzip } from "#test/unzip.ts";
import { ladderIn } from "../../scripts/pack-tools.ts";

const now = new Date("2026-11-24T09:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const packFolder = mkdtempSync(join(tmpdir(), "clause7-packs-"));
afterAll(() => rmSync(packFolder, { recursive: true, force: true }));
const tools = {
  folder: packFolder,
  verifier: "// checks",
  product: "0.1.0",
  reminders: ladderIn("content"),
};
const password = "a long enough sentence";
const invitation = {
  intent: "invite",
  name: "Olga Novak",
  email: "Olga@firm.example",
  firm: "Firm & Partners",
  from: "2026-11-20",
  until: "2026-11-30",
  departments: ["Support"],
};

async function aWorld(db: Db) {
  await anOrganisation(db);
  const mila = await aPerson(db, { id: "p-mila", department: "Support" });
  await aPerson(db, { id: "p-omar", department: "Sales" });
  const aside = { audiences: [] };
  await aPerson(db, { id: "p-hr", roles: ["employee", "hr"], ...aside });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"], ...aside });
  await aPerson(db, { id: "p-sofia", roles: ["employee", "admin"], ...aside });
  const module = aModule();
  await aCourse(db, daysAgo(30), module);
  await sitAssessment(db, actorFor(mila), module, 1, daysAgo(10));
  const context = services(db, now, { packFolder });
  return { db, context, at: (then: Date) => services(db, then, { packFolder }) };
}
type World = Awaited<ReturnType<typeof aWorld>>;

/** Invites an auditor and takes the seat; answers who they are. */
async function aSeat({ db, context }: World, fields: Partial<typeof invitation> = {}): Promise<string> {
  const invited = await send<{ link: string }>(
    seatAction,
    context,
    "/audit/seats",
    { ...invitation, ...fields },
    { as: "p-hr" },
  );
  const token = invited.body.link.split("/").at(-1) ?? "";
  const path = { params: { token } };
  expect((await open(takeLoader, context, `/seat/${token}`, path)).body).toMatchObject({
    email: "olga@firm.example",
  });
  const set = await send(takeAction, context, `/seat/${token}`, { password, repeated: password }, path);
  expect(set.location).toBe("/sign-in?to=/audit&set=1");
  expect((await open(takeLoader, context, `/seat/${token}`, path)).status).toBe(404);
  const [event] = await db.select().from(auditEvent).where(eq(auditEvent.type, "seat.used"));
  return event?.actorId ?? "";
}

const record = (w: World, as: string, personId: string) =>
  open(recordLoader, w.context, `/records/${personId}`, { as, params: { personId } });
const readsOf = (db: Db, personId: string, actorId: string) =>
  db
    .select()
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.type, "record.read"),
        eq(auditEvent.subjectId, personId),
        eq(auditEvent.actorId, actorId),
      ),
    );

onBothEngines("the pages of an audit", (database) => {
  const world = (body: (w: World) => Promise<void>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it(
    "a seat shows its scope and nothing else, and every reading is noted",
    world(async (w) => {
      const olga = await aSeat(w);
      expect((await record(w, olga, "p-mila")).status).toBe(200);
      expect((await record(w, olga, "p-omar")).status).toBe(403);
      const board = await open<Awaited<ReturnType<typeof boardLoader>>>(boardLoader, w.context, "/board", {
        as: olga,
      });
      expect(board.body.people.map((one) => one.id)).toEqual(["p-mila"]);
      expect(board.body.choices.departments).toEqual(["Support"]);
      const [issued] = await w.db.select().from(auditEvent).where(eq(auditEvent.type, "certificate.issued"));
      const id = issued?.subjectId ?? "";
      const opened = await open(certificateLoader, w.context, `/certificates/${id}`, {
        as: olga,
        params: { id },
      });
      expect(opened.status).toBe(200);
      const through = (await readsOf(w.db, "p-mila", olga)).map((one) => one.data["through"]);
      expect(through).toEqual([undefined, "board", "certificate"]);
      expect((await open(homeLoader, w.context, "/audit", { as: olga })).status).toBe(200);
      for (const door of [seatLoader, readsLoader])
        expect((await open(door, w.context, "/audit/packs", { as: olga })).status).toBe(403);
    }),
  );

  it(
    "a seat ends with its last day, with its revocation, and does not begin before its first",
    world(async (w) => {
      const olga = await aSeat(w);
      const signed = (then: Date) => signIn(w.db, { email: "olga@firm.example", password }, then);
      expect(await signed(now)).toMatchObject({ ok: true });
      expect(await signed(daysAgo(5))).toMatchObject({ ok: false });
      expect(await signed(daysAgo(-7))).toMatchObject({ ok: false });
      const late = w.at(new Date("2026-12-01T00:00:00Z"));
      expect((await open(homeLoader, late, "/audit", { as: olga })).location).toContain("/sign-in");
      const seats = (
        await open<Awaited<ReturnType<typeof seatLoader>>>(seatLoader, w.context, "/audit/seats", {
          as: "p-sofia",
        })
      ).body.seats;
      expect(seats.map((one) => [one.name, one.state])).toEqual([["Olga Novak", "open"]]);
      const revoke = { intent: "revoke", id: seats[0]?.id ?? "" };
      expect((await send(seatAction, w.context, "/audit/seats", revoke, { as: "p-august" })).status).toBe(
        403,
      );
      expect((await send(seatAction, w.context, "/audit/seats", revoke, { as: "p-hr" })).location).toBe(
        "/audit/seats?revoked",
      );
      expect(await w.db.select().from(session).where(eq(session.personId, olga))).toEqual([]);
      expect((await open(homeLoader, w.context, "/audit", { as: olga })).location).toContain("/sign-in");
      expect(await signed(now)).toMatchObject({ ok: false });
      expect((await send(seatAction, w.context, "/audit/seats", revoke, { as: "p-hr" })).status).toBe(409);
    }),
  );

  it(
    "says what is wrong with an invitation beside the field, and keeps the text",
    world(async (w) => {
      const invite = (fields: object) =>
        send(seatAction, w.context, "/audit/seats", { ...invitation, ...fields }, { as: "p-hr" });
      const colleague = await invite({ email: "p-mila@aldermoor.example" });
      expect([colleague.status, Object.keys(colleague.form.errors)]).toEqual([422, ["email"]]);
      expect(colleague.form.values["firm"]).toBe("Firm & Partners");
      expect(Object.keys((await invite({ from: "2026-11-01", until: "2026-11-20" })).form.errors)).toEqual([
        "until",
      ]);
      await aSeat(w);
      expect(Object.keys((await invite({})).form.errors)).toEqual(["email"]);
    }),
  );

  it(
    "draws a sample of whom one may see, and draws it again from its seed",
    world(async (w) => {
      const olga = await aSeat(w);
      const draw = { purpose: "Spot check", asAt: "2026-11-24", size: "5", seed: "7" };
      const drawn = await send(drawAction, w.context, "/audit/samples", draw, { as: olga });
      const id = drawn.location?.split("/").at(-1) ?? "";
      const see = (as: string) =>
        open<Awaited<ReturnType<typeof sampleLoader>>>(sampleLoader, w.context, `/audit/samples/${id}`, {
          as,
          params: { id },
        });
      expect((await see(olga)).body.sample).toMatchObject({
        seed: "7",
        size: 1,
        populationSize: 1,
        people: [{ id: "p-mila" }],
      });
      expect((await see("p-august")).status).toBe(200);
      expect((await see("p-sofia")).status).toBe(403);
      const outside = await send(
        drawAction,
        w.context,
        "/audit/samples",
        { ...draw, department: "Sales" },
        { as: olga },
      );
      expect(outside.status).toBe(422);
      const nobody = await send(
        drawAction,
        w.context,
        "/audit/samples",
        { ...draw, state: "waived" },
        { as: "p-august" },
      );
      expect([nobody.status, nobody.form.values["purpose"]]).toEqual([422, "Spot check"]);
    }),
  );

  it(
    "builds a pack for whoever asked, within their scope, and hands it to nobody else but auditors",
    world(async (w) => {
      const olga = await aSeat(w);
      const ask = { intent: "make", from: "2026-01-01", until: "2026-11-24" };
      expect((await send(packAction, w.context, "/audit/packs", ask, { as: "p-mila" })).status).toBe(403);
      for (const until of ["2025-01-01", "2026-11-25"]) {
        const wrong = await send(packAction, w.context, "/audit/packs", { ...ask, until }, { as: "p-hr" });
        expect(Object.keys(wrong.form.errors)).toEqual(["until"]);
      }
      expect(
        (await send(packAction, w.context, "/audit/packs", { ...ask, departments: ["Sales"] }, { as: olga }))
          .status,
      ).toBe(422);
      for (const as of [olga, "p-hr"])
        expect((await send(packAction, w.context, "/audit/packs", ask, { as })).location).toBe(
          "/audit/packs",
        );
      expect(await buildPacks(w.db, aSigner(), tools, () => now)).toBe(2);
      const jobs = await w.db.select().from(packJob);
      const mine = jobs.find((one) => one.requestedBy === olga);
      expect(mine).toMatchObject({ status: "ready", scope: { departments: ["Support"] } });
      const files = unzip(readFileSync(join(packFolder, `${mine?.id}.zip`)));
      expect(files["7.2-b-d/competence.csv"]).toContain("p-mila");
      expect(Object.values(files).join()).not.toContain("p-omar");
      const hr = jobs.find((one) => one.requestedBy === "p-hr");
      const evidence = unzip(readFileSync(join(packFolder, `${hr?.id}.zip`)))["evidence/sealed-0001.jsonl"];
      expect(evidence).not.toContain("correctResponsesPattern");
      const take = (as: string, id = "") =>
        open(fileLoader, w.context, `/audit/packs/${id}.zip`, { as, params: { id } });
      expect((await take(olga, mine?.id)).status).toBe(200);
      expect((await take(olga, hr?.id)).status).toBe(404);
      expect((await take("p-hr", mine?.id)).status).toBe(404);
      expect((await take("p-august", mine?.id)).status).toBe(200);
      const listed = async (as: string) =>
        (await open<Awaited<ReturnType<typeof packLoader>>>(packLoader, w.context, "/audit/packs", { as }))
          .body.packs.length;
      expect([await listed(olga), await listed("p-hr"), await listed("p-sofia")]).toEqual([1, 1, 2]);
      await send(
        packAction,
        w.context,
        "/audit/packs",
        { intent: "delete", id: mine?.id ?? "" },
        { as: olga },
      );
      expect((await take("p-august", mine?.id)).status).toBe(404);
      expect(await buildPacks(w.db, aSigner(), tools, () => daysAgo(-31))).toBe(0);
      expect(readdirSync(packFolder)).toEqual([]);
    }),
  );

  it(
    "shows people who read their record, and administrators who read whose",
    world(async (w) => {
      await record(w, "p-hr", "p-mila");
      const reads = async (as: string, search = "") =>
        open<Awaited<ReturnType<typeof readsLoader>>>(readsLoader, w.context, `/audit/reads${search}`, {
          as,
        });
      const own = (await reads("p-mila", "?person=p-mila")).body;
      expect(own.readings).toMatchObject([{ readerId: "p-hr", subjectId: "p-mila", place: "record" }]);
      expect((await reads("p-sofia")).body.readings).toHaveLength(1);
      expect((await reads("p-mila")).status).toBe(403);
      expect((await reads("p-mila", "?person=p-omar")).status).toBe(403);
      expect((await reads("p-hr", "?person=p-mila")).status).toBe(403);
    }),
  );

  it(
    "leads a seat from every other page of the product away",
    world(async (w) => {
      const olga = await aSeat(w);
      const modules = import.meta.glob<{
        loader?: (args: LoaderFunctionArgs) => unknown;
        action?: (args: LoaderFunctionArgs) => unknown;
      }>("../../app/routes/_app*{.ts,.tsx,/route.tsx}");
      const reachable: string[] = [];
      for (const [file, load] of Object.entries(modules)) {
        const path = pathOf(file);
        if (/^\/(audit|board$|records\/x$|certificates\/x$)/.test(path)) continue;
        const { loader, action } = await load();
        const answers = [
          loader && (await open(loader, w.context, path, { as: olga })),
          action && (await send(action, w.context, path, { intent: "x" }, { as: olga })),
        ];
        // What is for programs of the browser alone sends its readers away, whoever they are.
        for (const answer of answers)
          if (answer && answer.status !== 403 && answer.status !== 302)
            reachable.push(`${path} ${answer.status}`);
      }
      expect(Object.keys(modules).length).toBeGreaterThan(40);
      expect(reachable).toEqual([]);
    }),
    // It opens every page there is, which takes a while on a busy machine.
    120_000,
  );
});

/** The address of a route's file, with something in place of each parameter. */
function pathOf(file: string): string {
  const name = file.replace(/^.*routes\/_app/, "").replace(/(\/route)?\.tsx?$/, "");
  const path = name
    .replaceAll("[.]", "\u0000")
    .split(".")
    .filter((part) => part !== "" && part !== "_index")
    .map((part) => part.replace(/_$/, "").replace(/^\$\w+/, "x"))
    .join("/");
  return `/${path.replaceAll("\u0000", ".")}`;
}
