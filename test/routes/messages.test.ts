import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { message, noticePreference } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { noteRefusedAddress } from "#app/domain/communication/refused-address.server.ts";
import { unsubscribeAddress } from "#app/domain/communication/switch-link.server.ts";
import { writeDigests } from "#app/domain/competence/digest.server.ts";
import { planReminders } from "#app/domain/competence/reminder.server.ts";
import { action as noticesAction, loader as noticesLoader } from "#app/routes/_app.account.notices/route.tsx";
import {
  action as messageAction,
  loader as messageLoader,
} from "#app/routes/_app.admin.messages_.$id/route.tsx";
import { loader as plannedLoader } from "#app/routes/_app.admin.messages_.planned.tsx";
import { loader as previewLoader } from "#app/routes/_app.admin.messages_.preview/route.tsx";
import { action, loader } from "#app/routes/_app.admin.messages/route.tsx";
import { loader as ownCalendar } from "#app/routes/_app.learn.calendar[.]ics.ts";
import { loader as practiceLoader } from "#app/routes/_app.practice.$requirement/route.tsx";
import { loader as recordLoader } from "#app/routes/_app.records.$personId/route.tsx";
import { action as signInAction, loader as signInLoader } from "#app/routes/_public.sign-in.tsx";
import {
  action as unsubscribeAction,
  loader as unsubscribeLoader,
} from "#app/routes/_public.unsubscribe.$token.tsx";
import { loader as calendar } from "#app/routes/calendar.$token[.]ics.ts";
import { aCourse, aModule, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T09:00:00Z");
const overdue = new Date("2026-11-20T09:00:00Z");

/** Mila is overdue, Bo is her manager; HR, an auditor; and one turn of the schedule when asked for. */
async function aWorld(tx: Db, turn = true) {
  await anOrganisation(tx);
  await aCourse(tx, now, aModule());
  await aPerson(tx, { id: "p-bo", name: "Bo", audiences: [], roles: ["employee", "manager"] });
  await aPerson(tx, { id: "p-ines", name: "Ines", audiences: [], roles: ["employee", "hr"] });
  await aPerson(tx, { id: "p-august", name: "August", audiences: [], roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-mila", name: "Mila", managerId: "p-bo", language: "nl" });
  await tx.delete(period);
  await tx.insert(period).values({
    id: randomUUID(),
    personId: "p-mila",
    requirementSlug: aRequirement.slug,
    number: 1,
    assignedAt: new Date("2026-10-01T09:00:00Z"),
    dueAt: overdue,
    graceUntil: overdue,
  });
  const context = services(tx, now);
  if (turn) {
    await planReminders(tx, context.mailing.reminders, now);
    await writeDigests(tx, context.mailing, context.baseUrl, now);
  }
  return context;
}

type Context = Awaited<ReturnType<typeof aWorld>>;
type Page = Awaited<ReturnType<typeof loader>>;
const page = (context: Context, as: string, search = "") =>
  open<Page>(loader, context, `/admin/messages${search}`, { as });

async function raw(door: typeof calendar, context: Context, path: string, params = {}, as?: string) {
  const cookie = as === undefined ? "" : await cookieFor(context, as);
  const request = new Request(`${context.baseUrl}${path}`, { headers: { cookie } });
  try {
    return await door({ request, params, context });
  } catch (thrown) {
    return thrown as Response;
  }
}

onBothEngines("messages", (database) => {
  it("are listed for HR and auditors, narrowed by name, topic and status", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      expect(await page(context, "p-mila")).toMatchObject({ status: 403 });
      expect(await page(context, "p-august")).toMatchObject({
        status: 200,
        body: { total: 2, from: null, mayManage: false, mail: { reminders: true, waiting: 2, gaveUp: 0 } },
      });
      expect((await page(context, "p-ines", "?q=bo&state=waiting")).body.messages).toMatchObject([
        { name: "Bo", topics: ["team"], state: "waiting" },
      ]);
      expect((await page(context, "p-ines", "?topic=training&page=x&state=nonsense")).body).toMatchObject({
        total: 1,
        messages: [{ name: "Mila", language: "en", subject: expect.stringContaining("Overdue") as string }],
      });
      expect((await page(context, "p-ines", "?state=sent")).body).toMatchObject({ total: 0, any: true });
    }));

  it("are shown as they were written, and tried again by HR once they were given up", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const id = (await page(context, "p-ines", "?q=mila")).body.messages[0]?.id ?? "";
      const visit = { as: "p-ines", params: { id } };
      const shown = await open<Awaited<ReturnType<typeof messageLoader>>>(messageLoader, context, "/", visit);
      expect(shown.body.message).toMatchObject({ wanted: "nl", language: "en", state: "waiting" });
      expect(await open(messageLoader, context, "/", { ...visit, as: "p-bo" })).toMatchObject({
        status: 403,
      });
      const nobody = { as: "p-ines", params: { id: randomUUID() } };
      expect(await open(messageLoader, context, "/", nobody)).toMatchObject({ status: 404 });
      expect(await send(messageAction, context, "/", {}, visit)).toMatchObject({ status: 409 });
      await tx.update(message).set({ outcome: "gave_up", endedAt: now }).where(eq(message.id, id));
      expect(await send(messageAction, context, "/", {}, { ...visit, as: "p-august" })).toMatchObject({
        status: 403,
      });
      expect(await send(messageAction, context, "/", {}, visit)).toMatchObject({
        location: `/admin/messages/${id}?retried`,
      });
    }));

  it("that an address refuses are shown with the person, told to HR, and tried again by HR alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type Record = Awaited<ReturnType<typeof recordLoader>>;
      const record = (as: string) =>
        open<Record>(recordLoader, context, "/records/p-mila", { as, params: { personId: "p-mila" } });
      const again = (as: string) => send(action, context, "/admin/messages", { again: "p-mila" }, { as });
      expect((await record("p-ines")).body.unreached).toBe(false);
      const [sent] = (await page(context, "p-ines", "?q=mila")).body.messages;
      const refusal = { personId: "p-mila", address: "p-mila@aldermoor.example", answer: "550 No such user" };
      await noteRefusedAddress(tx, { ...refusal, messageId: sent?.id ?? "" }, now);

      expect((await page(context, "p-august")).body.unreachable).toMatchObject([
        { name: "Mila", answer: "550 No such user" },
      ]);
      expect((await record("p-ines")).body).toMatchObject({
        unreached: true,
        mailAnswer: "550 No such user",
        mayTryAddress: true,
      });
      // What the server said is for those who look after mails.
      expect((await record("p-mila")).body).toMatchObject({
        unreached: true,
        mailAnswer: null,
        mayTryAddress: false,
      });

      await writeDigests(tx, context.mailing, context.baseUrl, now);
      const [told] = (await page(context, "p-ines", "?topic=address")).body.messages;
      expect(told).toMatchObject({ name: "Ines", subject: "Mails do not reach everybody" });
      const [mail] = await tx
        .select()
        .from(message)
        .where(eq(message.id, told?.id ?? ""));
      expect(mail?.text).toContain("Mila: the mail server refused the address. Open the record: ");

      expect(await again("p-august")).toMatchObject({ status: 403 });
      expect(await again("p-ines")).toMatchObject({ location: "/admin/messages?again" });
      expect((await page(context, "p-ines", "?again")).body).toMatchObject({ again: true, unreachable: [] });
      expect((await record("p-ines")).body.unreached).toBe(false);
    }));

  it("about an address are not written once it changed", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const [sent] = (await page(context, "p-ines", "?q=mila")).body.messages;
      const refusal = { personId: "p-mila", address: "p-mila@aldermoor.example", answer: "550" };
      await noteRefusedAddress(tx, { ...refusal, messageId: sent?.id ?? "" }, now);
      await tx.update(person).set({ email: "mila@aldermoor.example" }).where(eq(person.id, "p-mila"));
      await writeDigests(tx, context.mailing, context.baseUrl, now);
      expect((await page(context, "p-ines", "?topic=address")).body.total).toBe(0);
    }));

  it("can be paused by HR", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      const turn = (as: string, reminders: string) => send(action, context, "/", { reminders }, { as });
      expect(await turn("p-august", "off")).toMatchObject({ status: 403 });
      expect(await turn("p-ines", "perhaps")).toMatchObject({ status: 422 });
      expect(await turn("p-ines", "off")).toMatchObject({ location: "/admin/messages?switched" });
      expect((await page(context, "p-ines")).body.mail.reminders).toBe(false);
    }));

  it("are planned without being written", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      type Plan = Awaited<ReturnType<typeof plannedLoader>>;
      const plan = (as: string) => open<Plan>(plannedLoader, context, "/", { as });
      expect(await plan("p-mila")).toMatchObject({ status: 403 });
      expect((await plan("p-ines")).body.plan).toMatchObject({
        today: 2,
        later: 0,
        topics: { training: 1, team: 1, organisation: 0, practice: 0 },
        steps: [
          { step: "overdue", notices: 2 },
          { step: "policy-asked", notices: 1 },
        ],
        mails: [{ name: "Bo" }, { name: "Mila", at: now }],
      });
      expect(await tx.select().from(message)).toEqual([]);
    }));

  it("are previewed for any reader in any language, with an example where there is nothing to tell", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      type Preview = { mail: { example: boolean; digest: { subject: string; text: string } } | null };
      const preview = (search: string, as = "p-ines") =>
        open<Preview>(previewLoader, context, `/admin/messages/preview?${search}`, { as });
      expect(await preview("", "p-mila")).toMatchObject({ status: 403 });
      expect((await preview("reader=Mila&language=fr")).body.mail).toMatchObject({
        example: false,
        digest: { subject: expect.stringMatching(/^En retard : /) as string },
      });
      expect((await preview("topic=team&reader=p-bo")).body.mail).toMatchObject({
        example: false,
        digest: { text: expect.stringContaining("Mila: http://localhost:3000/records/p-mila") as string },
      });
      expect((await preview("topic=practice&reader=Mila")).body.mail).toMatchObject({ example: true });
      expect(await preview("reader=Nobody")).toMatchObject({ status: 422, body: { mail: null } });
    }));
});

onBothEngines("notices", (database) => {
  it("are chosen by each for themselves, and what is wrong with the times is said", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      type Notices = Awaited<ReturnType<typeof noticesLoader>>;
      const see = async () => (await open<Notices>(noticesLoader, context, "/", { as: "p-mila" })).body;
      const choose = (fields: Record<string, string>) =>
        send(
          noticesAction,
          context,
          "/",
          { intent: "choose", from: "08:00", until: "18:00", ...fields },
          { as: "p-mila" },
        );
      expect((await see()).preference).toMatchObject({ practice: true, early: true, hours: null });
      expect(await choose({ own: "yes", from: "17:30", practice: "yes" })).toMatchObject({
        status: 422,
        form: { errors: { until: /Leave at least an hour/ }, values: { from: "17:30" } },
      });
      expect(await choose({ from: "soon" })).toMatchObject({ form: { errors: { from: /such as 08:00/ } } });
      expect(await choose({ early: "yes", own: "yes", until: "12:00", weekends: "yes" })).toMatchObject({
        location: "/account/notices?saved",
      });
      expect((await see()).preference).toMatchObject({
        practice: false,
        early: true,
        hours: { from: "08:00", until: "12:00", weekends: true },
      });
      expect(await open(noticesLoader, context, "/account/notices")).toMatchObject({ status: 302 });
    }));

  it("are switched off by one click of a mail program, never by looking", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      const address = await unsubscribeAddress(tx, "p-mila", "practice", context.baseUrl);
      const params = { token: address.split("/").at(-1) ?? "" };
      expect(await open(unsubscribeLoader, context, "/", { params })).toMatchObject({
        body: { by: "practice" },
      });
      expect(await tx.select().from(noticePreference)).toEqual([]);
      const click = () =>
        send(unsubscribeAction, context, "/", { "List-Unsubscribe": "One-Click" }, { params });
      expect(await click()).toMatchObject({ status: 200, body: { off: "practice" } });
      expect(await click()).toMatchObject({ status: 200 });
      expect(await tx.select().from(noticePreference)).toMatchObject([
        { personId: "p-mila", practice: false, early: true },
      ]);
      const forged = { params: { token: params.token.replace("practice", "early") } };
      expect(await send(unsubscribeAction, context, "/", {}, forged)).toMatchObject({ status: 404 });
    }));

  it("bring to the practice they name, through the sign-in", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      const link = `/practice/${aRequirement.slug}`;
      const away = await open(practiceLoader, context, link, { params: { requirement: aRequirement.slug } });
      expect(away.location).toBe(`/sign-in?to=${encodeURIComponent(link)}`);
      const { body } = await open<{ to: string }>(signInLoader, context, away.location ?? "");
      expect(body.to).toBe(link);
      expect(
        await send(signInAction, context, away.location ?? "", { email: "", password: "", to: body.to }),
      ).toMatchObject({ status: 422, form: { values: { to: link } } });
    }));
});

onBothEngines("the calendar of due dates", (database) => {
  it("is a file for its owner, and a private address that can be ended", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx, false);
      expect((await raw(ownCalendar, context, "/learn/calendar.ics")).status).toBe(302);
      const file = await raw(ownCalendar, context, "/learn/calendar.ics", {}, "p-mila");
      expect(file.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
      const text = (await file.text()).replaceAll("\r\n ", "").replaceAll("\r\n\t", "");
      expect(text).toContain("DTSTART;VALUE=DATE:20261120\r\nDTEND;VALUE=DATE:20261121");
      expect(text).toContain(`URL:http://localhost:3000/learn/${aRequirement.slug}`);
      expect(text).toMatch(/UID:due-[0-9a-f-]{36}@localhost/);

      type Made = { address: string };
      const make = async () =>
        (await send<Made>(noticesAction, context, "/", { intent: "open" }, { as: "p-mila" })).body.address;
      const look = (address: string) =>
        raw(calendar, context, "/", { token: address.replace(/^.*\/|\.ics$/g, "") });
      const first = await make();
      expect(first).toMatch(/^http:\/\/localhost:3000\/calendar\/[\w-]{43}\.ics$/);
      expect((await (await look(first)).text()).replaceAll("\r\n\t", "")).toContain("UID:due-");
      const second = await make();
      expect((await look(first)).status).toBe(404);
      expect((await look(second)).status).toBe(200);
      await send(noticesAction, context, "/", { intent: "close" }, { as: "p-mila" });
      expect((await look(second)).status).toBe(404);
    }));
});
