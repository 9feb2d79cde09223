import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { message, notice } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { type Mailer, mailSender } from "#app/platform/mail.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, aPerson } from "#test/factories.ts";
import { type FakeSmtp, startSmtp } from "#test/fakes/smtp.ts";
import { deliverMessages } from "./delivery.server.ts";
import type { SendMail } from "./message.ts";
import { refusedAddresses, tryAddressAgain, unreachablePeople } from "./refused-address.server.ts";
import { retryMessage } from "./message-log.server.ts";
import { messageHash, queueMessage, replaceWaiting } from "./message.server.ts";

/** A Monday, noon in Rotterdam. */
const start = new Date("2026-11-23T11:00:00Z");
const after = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);
const of = {
  baseUrl: "https://learn.aldermoor.example",
  hours: { from: "08:00", until: "18:00", weekends: false },
};

let smtp: FakeSmtp;
let mailer: Mailer;
let sendMail: SendMail;
beforeEach(async () => {
  smtp = await startSmtp();
  const configured = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: "learn@aldermoor.example" });
  if (!configured) throw new Error("no mail server is configured");
  mailer = configured;
  sendMail = mailer.send;
});
afterEach(async () => {
  await mailer.close();
  await smtp.close();
});

const deliver = (db: Db, minutes: number, by: SendMail = sendMail) =>
  deliverMessages(
    db,
    by,
    of,
    () => after(minutes),
    () => 0,
  );

let made = 0;
async function aMessage(db: Db, personId: string, optional = false): Promise<string> {
  const id = await queueMessage(
    db,
    {
      personId,
      topics: [optional ? "practice" : "training"],
      language: "en",
      subject: "AI awareness is due",
      text: "Hello\n",
      html: "<p>Hello</p>",
      optional,
      dedupeKey: `test/${made++}`,
    },
    start,
  );
  if (id === null) throw new Error("there is such a message already");
  return id;
}

const stored = async (db: Db, id: string) => (await db.select().from(message).where(eq(message.id, id)))[0];

onBothEngines("delivery of mail", (database) => {
  it("sends to the address a person has by now, once, and keeps what was said in the audit log", () =>
    database.rolledBack(async (tx) => {
      const mila = await aPerson(tx);
      const id = await aMessage(tx, mila.id);
      await tx.update(person).set({ email: "new@aldermoor.example" }).where(eq(person.id, mila.id));
      expect(await deliver(tx, 0)).toBe(1);
      expect(await deliver(tx, 1)).toBe(0);
      expect(smtp.mails).toMatchObject([
        {
          messageId: `<${id}@learn.aldermoor.example>`,
          subject: "AI awareness is due",
          to: { value: [{ address: "new@aldermoor.example", name: mila.name }] },
        },
      ]);
      expect(smtp.mails[0]?.headers.has("list")).toBe(false);
      const row = await stored(tx, id);
      expect(row).toMatchObject({ outcome: "sent", endedAt: after(0), attempts: 1 });
      const events = await tx.select().from(auditEvent);
      expect(events).toMatchObject([
        { type: "message.sent", subjectId: id, data: { hash: row && messageHash(row) } },
      ]);
    }));

  it("lets only what is optional be switched off by mail", () =>
    database.rolledBack(async (tx) => {
      await aMessage(tx, (await aPerson(tx)).id, true);
      await deliver(tx, 0);
      expect(smtp.mails[0]?.headers.get("list")).toMatchObject({
        unsubscribe: {
          url: expect.stringMatching(/^https:\/\/learn.aldermoor.example\/unsubscribe\/practice\./) as string,
        },
      });
    }));

  it("comes again after greylisting, later each time", () =>
    database.rolledBack(async (tx) => {
      const id = await aMessage(tx, (await aPerson(tx)).id);
      smtp.reply = () => 451;
      await deliver(tx, 0);
      expect(await stored(tx, id)).toMatchObject({ attempts: 1, failure: "later", outcome: null });
      await deliver(tx, 1);
      expect(await stored(tx, id)).toMatchObject({
        attempts: 2,
        lastError: expect.stringContaining("451") as string,
      });
      smtp.reply = () => 250;
      expect(await deliver(tx, 1)).toBe(0);
      expect(await deliver(tx, 5)).toBe(1);
      expect(await stored(tx, id)).toMatchObject({ outcome: "sent", attempts: 3, lastError: null });
    }));

  it("gives up what is refused for good, and goes on with the others; people may try it again", () =>
    database.rolledBack(async (tx) => {
      const [wrong, right] = [await aPerson(tx), await aPerson(tx)];
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const id = await aMessage(tx, wrong.id);
      await aMessage(tx, right.id);
      smtp.reply = (address) => (address === wrong.email ? 550 : 250);
      expect(await deliver(tx, 0)).toBe(1);
      expect(await stored(tx, id)).toMatchObject({ outcome: "gave_up", failure: "refused" });
      expect(await deliver(tx, 600)).toBe(0);
      smtp.reply = () => 250;
      await expect(retryMessage(tx, actorFor(wrong), id, after(10))).rejects.toThrow("message.manage");
      expect(await retryMessage(tx, hr, id, after(10))).toEqual({ ok: true });
      expect(await deliver(tx, 10)).toBe(1);
      expect(await retryMessage(tx, hr, id, after(11))).toEqual({ ok: false, reason: "ended" });
    }));

  it("marks an address that is refused, tells HR once, and writes to it again once it changes or HR says so", () =>
    database.rolledBack(async (tx) => {
      const wrong = await aPerson(tx);
      const hr = await aPerson(tx, { roles: ["employee", "hr"] });
      const auditor = await aPerson(tx, { roles: ["employee", "auditor"] });
      const ids = [await aMessage(tx, wrong.id), await aMessage(tx, wrong.id)];
      smtp.reply = (address) => (address === wrong.email ? 550 : 250);
      await deliver(tx, 0);
      await deliver(tx, 1);
      const [first = "", second = ""] = ids;
      expect(await stored(tx, second)).toMatchObject({ outcome: "gave_up", failure: "refused" });
      const unreached = await unreachablePeople(tx, actorFor(auditor), after(1));
      expect(unreached).toMatchObject([{ personId: wrong.id, name: wrong.name }]);
      expect(unreached[0]?.answer).toMatch(/550.*No such user/);
      expect(await tx.select().from(notice)).toMatchObject([{ recipientId: hr.id, topic: "address" }]);

      // What comes later is not even tried.
      const later = await aMessage(tx, wrong.id);
      const asked = smtp.connections;
      await deliver(tx, 2);
      expect(smtp.connections).toBe(asked);
      expect((await stored(tx, later))?.lastError).toMatch(/^Not tried: this address was refused before/);

      await expect(tryAddressAgain(tx, actorFor(auditor), wrong.id, after(3))).rejects.toThrow(
        "message.manage",
      );
      smtp.reply = () => 250;
      expect(await tryAddressAgain(tx, actorFor(hr), wrong.id, after(3))).toBe(true);
      expect(await tryAddressAgain(tx, actorFor(hr), wrong.id, after(3))).toBe(false);
      expect(await deliver(tx, 3)).toBe(1);
      const refusedOne = unreached[0]?.messageId;
      expect([first, second]).toContain(refusedOne);
      expect(await stored(tx, refusedOne ?? "")).toMatchObject({ outcome: "sent" });
      const events = await tx.select({ type: auditEvent.type }).from(auditEvent);
      const marks = events.map(({ type }) => type).filter((type) => type.startsWith("address."));
      expect(marks).toEqual(["address.refused", "address.cleared"]);

      // A new address was never refused.
      smtp.reply = (address) => (address === wrong.email ? 550 : 250);
      await aMessage(tx, wrong.id);
      await deliver(tx, 4);
      expect(await refusedAddresses(tx, [wrong.id])).toHaveLength(1);
      await tx.update(person).set({ email: "right@aldermoor.example" }).where(eq(person.id, wrong.id));
      expect(await refusedAddresses(tx, [wrong.id])).toEqual([]);
      await aMessage(tx, wrong.id);
      expect(await deliver(tx, 5)).toBe(1);
    }));

  it("does not blame an address for a mail that was refused", () =>
    database.rolledBack(async (tx) => {
      const mila = await aPerson(tx);
      smtp.afterData = 554;
      await aMessage(tx, mila.id);
      await deliver(tx, 0);
      expect(await refusedAddresses(tx, [mila.id])).toEqual([]);
    }));

  it("hands over in lanes over few connections, each mail once and noted", async () => {
    const people = await Promise.all(Array.from({ length: 60 }, () => aPerson(database.db)));
    for (const one of people) await aMessage(database.db, one.id);
    smtp.breaksOff = 1;
    const lanes = { ...of, lanes: 4 };
    const took = await deliverMessages(database.db, sendMail, lanes, () => after(0));
    expect(took).toBe(60);
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(60);
    expect(smtp.connections).toBeLessThanOrEqual(4 + 1);
    expect(await database.db.$count(message, eq(message.outcome, "sent"))).toBe(60);
    await database.db.delete(message);
  });

  it("loses nobody’s mail while the mail server is away, and asks it once a run", () =>
    database.rolledBack(async (tx) => {
      for (let i = 0; i < 3; i++) await aMessage(tx, (await aPerson(tx)).id);
      let calls = 0;
      const away = mailSender({ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "learn@aldermoor.example" });
      const counted: SendMail = (mail) => {
        calls++;
        return away ? away.send(mail) : sendMail(mail);
      };
      await deliver(tx, 0, counted);
      expect(calls).toBe(1);
      expect(await deliver(tx, 10)).toBe(3);
    }));

  it("sends under the same Message-ID again when it dies before noting that a mail was taken", async () => {
    const mila = await aPerson(database.db);
    const id = await aMessage(database.db, mila.id);
    const dies: SendMail = async (mail) => {
      await sendMail(mail);
      throw new Error("the process dies here");
    };
    await expect(deliver(database.db, 0, dies)).rejects.toThrow("dies here");
    expect(await deliver(database.db, 1)).toBe(0);
    expect(await deliver(database.db, 20)).toBe(1);
    expect(smtp.mails.map((mail) => mail.messageId)).toEqual(
      Array.from({ length: 2 }, () => `<${id}@learn.aldermoor.example>`),
    );
    await database.db.delete(message);
  });

  it("is handed over once by two processes at a time", async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => aPerson(database.db)));
    for (const one of people) await aMessage(database.db, one.id);
    const sent = await Promise.all([deliver(database.db, 0), deliver(database.db, 0)]);
    expect(sent[0] + sent[1]).toBe(30);
    expect(new Set(smtp.mails.map((mail) => mail.messageId)).size).toBe(30);
    expect(smtp.mails).toHaveLength(30);
    await database.db.delete(message);
  });

  it("waits for its reader’s hours, also at a later try, and leaves out who has left", () =>
    database.rolledBack(async (tx) => {
      const mila = await aPerson(tx);
      const gone = await aPerson(tx, { leftOn: "2026-11-23" });
      const id = await aMessage(tx, mila.id);
      const other = await aMessage(tx, gone.id);
      expect(await deliver(tx, 9 * 60)).toBe(0);
      expect(await stored(tx, id)).toMatchObject({
        nextTryAt: new Date("2026-11-24T07:00:00Z"),
        attempts: 0,
      });
      expect(await stored(tx, other)).toMatchObject({ outcome: "left" });
      expect(await deliver(tx, 20 * 60)).toBe(1);
    }));

  it("replaces what the mail server kept back for days, and frees what it would have told", () =>
    database.rolledBack(async (tx) => {
      const mila = await aPerson(tx);
      const id = await aMessage(tx, mila.id);
      const subjectId = "7f3a8b52-94c2-4e0e-9d7a-0b8f2f0f6a11";
      const common = { recipientId: mila.id, topic: "training", subjectId, optional: false } as const;
      await tx.insert(notice).values({ ...common, step: "due-3", createdAt: start, messageId: id });
      expect(await deliver(tx, 3 * 24 * 60 + 1)).toBe(0);
      expect(await stored(tx, id)).toMatchObject({ outcome: "replaced" });
      expect(await tx.select().from(notice)).toMatchObject([{ messageId: null }]);
      const next = await aMessage(tx, mila.id);
      await replaceWaiting(tx, mila.id, start);
      expect(await stored(tx, next)).toMatchObject({ outcome: "replaced" });
    }));
});
