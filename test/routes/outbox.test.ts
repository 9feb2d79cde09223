import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { syncTargets } from "#app/domain/evidence/lrs-target.server.ts";
import { verbs } from "#app/domain/evidence/statement.ts";
import { action, loader } from "#app/routes/_app.admin.outbox/route.tsx";
import {
  action as lettersAction,
  loader as lettersLoader,
} from "#app/routes/_app.admin.outbox_.$target/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { aWildStatement, store } from "#test/stored.ts";

const now = new Date("2026-11-23T10:00:00Z");
const central = { name: "central", endpoint: "https://lrs.example/xapi" };

/** An auditor, an administrator, and a target that waits for three statements. */
async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", roles: ["employee", "manager"] });
  await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-sofia", roles: ["employee", "admin"] });
  await syncTargets(tx, [central], now);
  await store(tx, [aWildStatement(), aWildStatement(), aWildStatement()], "moodle");
  return services(tx, now);
}

type Context = Awaited<ReturnType<typeof aWorld>>;
type Page = Awaited<ReturnType<typeof loader>>;
type Letters = Awaited<ReturnType<typeof lettersLoader>>;

const outbox = async (context: Context, as: string, search = "") =>
  (await open<Page>(loader, context, `/admin/outbox${search}`, { as })).body;
const change = (context: Context, as: string, fields: Record<string, string>) =>
  send(action, context, "/admin/outbox", fields, { as });
const letters = (context: Context, as: string, search = "", target = "central") =>
  open<Letters>(lettersLoader, context, `/admin/outbox/${target}${search}`, { as, params: { target } });
const decide = (context: Context, as: string, fields: Record<string, string>) =>
  send(lettersAction, context, "/admin/outbox/central", fields, { as, params: { target: "central" } });

onBothEngines("the outbox", (database) => {
  it("shows what waits for each record store, and has it sent for administrators alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const later = new Date("2026-11-23T10:30:00Z");
      await tx.update(lrsTarget).set({ attempts: 9, nextTryAt: later, lastError: "The LRS answered 503." });
      expect(await outbox(context, "p-august")).toMatchObject({
        mayManage: false,
        targets: [
          {
            target: "central",
            endpoint: central.endpoint,
            gets: "Every statement",
            waiting: 3,
            oldest: now,
            attempts: 9,
            nextTryAt: later,
            lastError: "The LRS answered 503.",
          },
        ],
      });
      const sendTo = (as: string, target: string) => change(context, as, { intent: "send", target });
      expect(await sendTo("p-august", "central")).toMatchObject({ status: 403 });
      expect(await change(context, "p-august", {})).toMatchObject({ status: 403 });
      expect(await sendTo("p-sofia", "nobody")).toMatchObject({
        status: 409,
        form: { message: "There is no target nobody any more." },
      });
      expect(await sendTo("p-sofia", "")).toMatchObject({ status: 422 });
      expect(await sendTo("p-sofia", "central")).toMatchObject({
        status: 302,
        location: "/admin/outbox?again=central",
      });
      expect(await outbox(context, "p-sofia", "?again=central")).toMatchObject({
        again: "central",
        targets: [{ nextTryAt: now }],
      });
      expect((await outbox(context, "p-sofia", "?again=<b>nobody")).again).toBeNull();
    }));

  it("lets administrators choose what a store gets, and says what they wrote wrong", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await tx.update(lrsTarget).set({ cursor: 3 });
      const fields = { intent: "filter", target: "central", origin: "own", verbs: "passed", activities: "" };
      expect(await change(context, "p-august", fields)).toMatchObject({ status: 403 });
      expect(await change(context, "p-sofia", { ...fields, verbs: "passt" })).toMatchObject({
        status: 422,
        form: { errors: { verbs: /“passt” is no address/ }, values: { verbs: "passt", target: "central" } },
      });
      expect(await change(context, "p-sofia", { ...fields, origin: "theirs" })).toMatchObject({
        status: 422,
        form: { errors: { origin: "Choose whose statements it gets." } },
      });
      expect(await change(context, "p-sofia", { ...fields, target: "nobody" })).toMatchObject({
        status: 409,
      });
      expect(await change(context, "p-sofia", fields)).toMatchObject({
        location: "/admin/outbox?set=central",
      });
      expect(await outbox(context, "p-sofia", "?set=central")).toMatchObject({
        set: "central",
        targets: [
          {
            gets: "Own statements with passed",
            filter: { origin: "own", verbs: [verbs.passed], activities: [] },
            waiting: 0,
          },
        ],
      });
      await change(context, "p-sofia", { ...fields, again: "yes" });
      expect((await outbox(context, "p-sofia")).targets).toMatchObject([{ waiting: 3 }]);
    }));

  it("shows dead letters to those who see evidence, and has administrators decide them", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const error = "The LRS answered 400.";
      const rows = await tx
        .insert(deadLetter)
        .values([1, 2, 3].map((seq) => ({ target: "central", seq, error, at: now, attempts: 1 })))
        .returning({ id: deadLetter.id });
      const [first = "", second = ""] = rows.map((row) => String(row.id));
      expect(await letters(context, "p-mila")).toMatchObject({ status: 403 });
      expect(await letters(context, "p-sofia", "", "nobody")).toMatchObject({ status: 404 });
      expect(await letters(context, "p-august")).toMatchObject({
        status: 200,
        body: { target: "central", open: 3, mayManage: false, letters: [{ error }, { error }, { error }] },
      });

      const replay = { intent: "replay", letter: first };
      expect(await decide(context, "p-august", replay)).toMatchObject({ status: 403 });
      expect(await decide(context, "p-sofia", { ...replay, letter: "x" })).toMatchObject({ status: 422 });
      expect(await decide(context, "p-sofia", replay)).toMatchObject({
        location: "/admin/outbox/central?replayed=1",
      });
      expect(await decide(context, "p-sofia", replay)).toMatchObject({
        status: 409,
        form: { message: /^Nothing is open there any more/ },
      });

      const drop = { intent: "drop", letter: second, reason: "A test of the supplier.", confirmed: "yes" };
      expect(await decide(context, "p-august", drop)).toMatchObject({ status: 403 });
      expect(await decide(context, "p-sofia", { ...drop, reason: "no", confirmed: "" })).toMatchObject({
        status: 422,
        form: {
          errors: { reason: /Say in a sentence why/, confirmed: "Tick the box to drop it." },
          values: { letter: second, reason: "no" },
        },
      });
      expect(await decide(context, "p-sofia", drop)).toMatchObject({
        location: "/admin/outbox/central?dropped",
      });
      expect(await decide(context, "p-sofia", { intent: "replay all" })).toMatchObject({
        location: "/admin/outbox/central?replayed=1",
      });
      expect((await letters(context, "p-sofia", "?replayed=1&before=x")).body).toMatchObject({
        open: 0,
        replayed: 1,
        letters: [{ state: "again" }, { state: "again" }],
      });
      expect((await letters(context, "p-august", "?ended")).body.letters).toMatchObject([
        { state: "dropped", reason: "A test of the supplier." },
      ]);
    }));
});
