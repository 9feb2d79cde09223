import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { concern, concernEvent } from "#db/schema/concerns.ts";
import { statement } from "#db/schema/lrs.ts";
import { session } from "#db/schema/people.ts";
import { action as handle, loader as see } from "#app/routes/_app.concerns.$concernId/route.tsx";
import { action as follow, loader as list } from "#app/routes/_app.concerns._index/route.tsx";
import { action as followOpenly } from "#app/routes/_public.follow-up.tsx";
import { action as report, loader as blank } from "#app/routes/_app.concerns.new/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { type Answer, open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
const told = { text: "The chatbot said it was human.", kind: "incident" };
type Sent = { sent: { number: number; code: string } };
type Listed = Awaited<ReturnType<typeof list>>;
type Seen = Awaited<ReturnType<typeof see>>;

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-mila", name: "Mila Novak" });
  await aPerson(db, { id: "p-dana", roles: ["employee", "manager", "auditor", "admin"] });
  await aPerson(db, { id: "p-ravi", name: "Ravi Menon", roles: ["employee", "reviewer"] });
  await aPerson(db, { id: "p-out", roles: [] });
  const context = services(db, now);
  return {
    db,
    context,
    report: <T>(as: string | null, fields: Record<string, string>): Promise<Answer<T>> =>
      send<T>(report, context, "/concerns/new", fields, { as }),
    list: (as: string | null, search = "") => open<Listed>(list, context, `/concerns${search}`, { as }),
    follow: (as: string, code: string) =>
      send<{ followed?: { about: { number: number }; history: { note: string }[] } }>(
        follow,
        context,
        "/concerns?index",
        { code },
        { as },
      ),
    followOpenly: (code: string) =>
      send<{ followed?: { about: { number: number; text: string }; history: { note: string }[] } }>(
        followOpenly,
        context,
        "/follow-up",
        { code },
      ),
    see: (as: string, concernId: string, search = "") =>
      open<Seen>(see, context, `/concerns/${concernId}${search}`, { as, params: { concernId } }),
    handle: (as: string, concernId: string, fields: Record<string, string>) =>
      send(handle, context, `/concerns/${concernId}`, fields, { as, params: { concernId } }),
  };
}

const idIn = (location: string | null): string =>
  /^\/concerns\/([^?]+)\?sent$/.exec(location ?? "")?.[1] ?? "";

onBothEngines("the concern pages", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("takes a report and thanks with its number", async () => {
    await world(async (w) => {
      const { status, location } = await w.report("p-mila", told);
      expect(status).toBe(302);
      const id = idIn(location);
      const thanks = (await w.see("p-mila", id, "?sent")).body;
      expect(thanks).toMatchObject({ sent: true, mine: true, handling: null, about: { text: told.text } });
      expect((await w.see("p-ravi", id, "?sent")).body).toMatchObject({
        sent: false,
        reporter: { name: "Mila Novak" },
      });
    });
  });

  it("takes a tool nobody approved without a name, and shows its answer to the code without a sign-in", async () => {
    await world(async (w) => {
      const shadow = {
        kind: "shadow_ai",
        tool: "Anna Notes",
        text: "Mrs Smith pastes minutes into it.",
        anonymous: "yes",
      };
      const { number, code } = (await w.report<Sent>("p-mila", shadow)).body.sent;
      const [row] = await w.db.select().from(concern);
      expect(row).toMatchObject({
        reporterId: null,
        text: "Tool: Anna Notes\nMrs [name] pastes minutes into it.",
      });
      const note = "Thank you. Mr Jones (jones@aldermoor.example) talks to the team.";
      expect((await w.handle("p-ravi", row?.id ?? "", { intent: "answer", note })).status).toBe(302);
      const before = await w.db.select().from(session);
      const { status, body } = await w.followOpenly(code.toLowerCase());
      expect(status).toBe(200);
      expect(body.followed).toMatchObject({
        about: { number, text: row?.text },
        history: [{ note: "Thank you. Mr [name] ([e-mail address]) talks to the team." }],
      });
      expect(await w.db.select().from(session)).toEqual(before);
      const unknown = await w.followOpenly("0000-0000-0000-0000-0000");
      expect(unknown).toMatchObject({ status: 422, form: { values: { code: "0000-0000-0000-0000-0000" } } });
      expect((await w.followOpenly(" ")).form.errors["code"]).toMatch(/^Enter the code/);
      const long = await w.report("p-mila", { ...shadow, tool: "x".repeat(101) });
      expect(long).toMatchObject({ status: 422, form: { values: { text: shadow.text } } });
      expect(Object.keys(long.form.errors)).toEqual(["tool"]);
    });
  });

  it("names what is missing and keeps what was written", async () => {
    await world(async (w) => {
      const empty = await w.report("p-mila", { text: " ", anonymous: "yes" });
      expect(empty.status).toBe(422);
      expect(Object.keys(empty.form.errors).toSorted()).toEqual(["kind", "text"]);
      expect(empty.form.values["anonymous"]).toBe("yes");
      const long = await w.report("p-mila", { ...told, text: "x".repeat(6001) });
      expect(long).toMatchObject({ status: 422, form: { values: { kind: "incident" } } });
      expect(long.form.values["text"]).toHaveLength(6001);
      expect((await w.report("p-mila", { ...told, kind: "gossip" })).form.values["text"]).toBe(told.text);
      expect(await w.db.select().from(concern)).toEqual([]);
    });
  });

  it("sends without a name: the code is the only way back, and no row or event names the reporter", async () => {
    await world(async (w) => {
      const { status, body, location } = await w.report<Sent>("p-mila", { ...told, anonymous: "yes" });
      expect({ status, location }).toEqual({ status: 200, location: null });
      const { number, code } = body.sent;
      expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);

      const [row] = (await w.list("p-ravi")).body.rows;
      expect(row).toMatchObject({ number, reporter: null });
      const id = row?.id ?? "";
      expect((await w.list("p-mila")).body.rows).toEqual([]);
      expect((await w.see("p-mila", id)).status).toBe(404);
      const answer = { intent: "answer", note: "Switched off." };
      expect((await w.handle("p-mila", id, answer)).status).toBe(404);
      expect((await w.handle("p-ravi", id, answer)).status).toBe(302);

      const followed = (await w.follow("p-mila", code.toLowerCase())).body.followed;
      expect(followed).toMatchObject({ about: { number }, history: [{ note: "Switched off." }] });
      const wrong = await w.follow("p-mila", "7K3M-Q0ZT-9WXA-B2CD-EFGH");
      expect(wrong).toMatchObject({ status: 422, form: { values: { code: "7K3M-Q0ZT-9WXA-B2CD-EFGH" } } });
      expect((await w.follow("p-mila", " ")).status).toBe(422);

      const kept = [
        await w.db.select().from(concern),
        await w.db.select().from(concernEvent),
        await w.db.select().from(auditEvent),
        await w.db.select().from(statement),
      ];
      expect(kept.map((rows) => rows.length)).toEqual([1, 1, 2, 0]);
      expect(JSON.stringify(kept)).not.toMatch(/p-mila|Mila/);
      expect(JSON.stringify(kept)).not.toContain(code);
    });
  });

  it("lists the queue for reviewers and own reports for everybody", async () => {
    await world(async (w) => {
      await w.report("p-mila", told);
      expect((await w.list("p-ravi")).body).toMatchObject({
        everyone: true,
        view: "open",
        rows: [{ text: told.text, reporter: "Mila Novak", acknowledged: false }],
        counts: { open: 1, mine: 0 },
      });
      expect((await w.list("p-mila")).body).toMatchObject({
        everyone: false,
        view: "mine",
        counts: { open: 0, mine: 1 },
      });
      expect((await w.list("p-dana")).body.rows).toEqual([]);
      expect((await w.list("p-dana", "?view=open")).status).toBe(403);
      expect((await w.list("p-ravi", "?view=all&page=x")).body).toMatchObject({ view: "open", page: 1 });
      expect((await w.list("p-ravi", "?page=2")).body).toMatchObject({ rows: [], more: false });
    });
  });

  it("keeps a report from everybody else", async () => {
    await world(async (w) => {
      const id = idIn((await w.report("p-mila", told)).location);
      const close = { intent: "close", note: "Nothing to it." };
      expect((await w.see("p-dana", id)).status).toBe(404);
      expect((await w.handle("p-dana", id, close)).status).toBe(404);
      expect((await w.handle("p-mila", id, close)).status).toBe(403);
      expect((await w.see("p-ravi", "12")).status).toBe(404);
      const own = idIn((await w.report("p-ravi", told)).location);
      expect(await w.handle("p-ravi", own, close)).toMatchObject({
        status: 403,
        form: { message: expect.stringMatching(/yourself/), values: { note: close.note } },
      });
      expect((await w.report("p-out", told)).status).toBe(403);
      expect((await open(blank, w.context, "/concerns/new", { as: "p-out" })).status).toBe(403);
      expect((await w.list(null)).location).toBe("/sign-in?to=%2Fconcerns");
      expect((await w.report(null, told)).location).toBe("/sign-in");
    });
  });

  it("is confirmed, answered and closed; the reporter reads it", async () => {
    await world(async (w) => {
      const id = idIn((await w.report("p-mila", told)).location);
      const answered = (fields: Record<string, string>) => w.handle("p-ravi", id, fields);
      expect((await answered({})).form.errors["intent"]).toBe("Choose what you want to do.");
      expect((await answered({ intent: "answer", note: " " })).status).toBe(422);
      expect((await answered({ intent: "acknowledge" })).status).toBe(302);
      expect((await answered({ intent: "acknowledge" })).status).toBe(409);
      expect((await answered({ intent: "close", note: "It says so now." })).status).toBe(302);
      const late = await answered({ intent: "answer", note: "One more thing." });
      expect(late).toMatchObject({ status: 409, form: { values: { note: "One more thing." } } });
      const { about, history } = (await w.see("p-mila", id)).body;
      expect(about.status).toBe("closed");
      expect(history.map((step) => [step.kind, step.note])).toEqual([
        ["acknowledged", ""],
        ["closed", "It says so now."],
      ]);
    });
  });
});
