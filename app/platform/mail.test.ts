import { afterEach, beforeEach, expect, it } from "vitest";
import type { OutgoingMail } from "#app/domain/communication/message.ts";
import { type FakeSmtp, startSmtp } from "#test/fakes/smtp.ts";
import { readEnv } from "./env.ts";
import { mailSender } from "./mail.ts";

const from = "Learning <learn@aldermoor.example>";
const mail = (parts: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: "<0c5b1f2e@learn.example>",
  to: { name: "Zoë “Bö”, Lang\r\nBcc: x@evil.example", address: "zoe@aldermoor.example" },
  subject: "Fällig: KI-Grundlagen 🌱",
  text: "Guten Tag\n",
  html: "<p>Guten Tag</p>",
  language: "de",
  unsubscribe: null,
  ...parts,
});

const manyMails = (count: number) =>
  Array.from({ length: count }, (_one, i) => mail({ messageId: `<${i}@learn.example>` }));

let smtp: FakeSmtp;
beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(() => smtp.close());

it("hands over text and HTML under its own Message-ID, and lets nobody answer by machine", async () => {
  expect(await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.send(mail())).toEqual({ ok: true });
  const [got] = smtp.mails;
  expect(got).toMatchObject({
    messageId: "<0c5b1f2e@learn.example>",
    subject: "Fällig: KI-Grundlagen 🌱",
    text: "Guten Tag\n",
    html: "<p>Guten Tag</p>",
    from: { value: [{ name: "Learning", address: "learn@aldermoor.example" }] },
    to: { value: [{ address: "zoe@aldermoor.example" }] },
  });
  expect(got?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(got?.headers.get("content-language")).toBe("de");
  expect(got?.headers.has("list-unsubscribe-post")).toBe(false);
  expect(got?.bcc).toBeUndefined();
});

it("says how to switch such mails off with one click", async () => {
  const unsubscribe = "https://learn.example/unsubscribe/practice.cC1taWxh.x";
  await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.send(mail({ unsubscribe }));
  const lines = smtp.mails[0]?.headerLines.map((one) => one.line.replace(/\r?\n\s+/g, " "));
  expect(lines).toContain(`List-Unsubscribe: <${unsubscribe}>`);
  expect(lines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

it.each([
  ["greylisting", { reply: (): number => 451 }, "later", /451.*Greylisted/],
  ["an unknown reader", { reply: (): number => 550 }, "refused", /550.*No such user/],
  ["a mail it will not have", { afterData: 554 }, "refused", /554/],
  [
    "a sender it will not relay for",
    { reply: (): number => 550, words: "5.7.1 Relaying denied" },
    "refused",
    /Relaying/,
  ],
  ["a mail it will not have now", { afterData: 452 }, "later", /452/],
] as const)("takes %s for what it is", async (_what, mood, kind, error) => {
  Object.assign(smtp, mood);
  const result = await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.send(mail());
  expect(result).toMatchObject({ ok: false, kind, error: expect.stringMatching(error) as string });
});

it.each([
  [{ reply: (): number => 550 }, true],
  [{ reply: (): number => 552, words: "5.2.2 Mailbox full" }, true],
  [{ reply: (): number => 550, words: "5.7.1 Relaying denied" }, false],
  [{ afterData: 554 }, false],
])("blames the address only for what is said of it: %j", async (mood, ofAddress) => {
  Object.assign(smtp, mood);
  const result = await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.send(mail());
  expect(result).toMatchObject({ ok: false, kind: "refused", ofAddress });
});

it("keeps few connections for many mails, and gives them back at the end", async () => {
  const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from, SMTP_CONNECTIONS: 3 });
  const results = await Promise.all(manyMails(60).map((one) => mailer?.send(one)));
  expect(results.every((one) => one?.ok)).toBe(true);
  expect(smtp.connections).toBeLessThanOrEqual(3);
  await mailer?.close();
  expect(await mailer?.send(mail())).toMatchObject({ ok: false, kind: "unreachable" });
  expect(new Set(smtp.mails.map((one) => one.messageId)).size).toBe(60);
});

it("hands over what is under way before it closes, and says of the rest that it was not sent", async () => {
  let taken = (): void => {};
  const first = new Promise<void>((resolve) => (taken = resolve));
  smtp.onTaken = async () => {
    taken();
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from, SMTP_CONNECTIONS: 1 });
  const results = manyMails(3).map((one) => mailer?.send(one));
  await first;
  await mailer?.close();
  const ends = await Promise.all(results);
  expect(ends.map((one) => one?.ok)).toEqual([true, false, false]);
  expect(smtp.mails).toHaveLength(1);
});

it("sends again under the same Message-ID when a connection breaks off in the middle of a mail", async () => {
  const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from });
  smtp.breaksOff = 1;
  expect(await mailer?.send(mail())).toEqual({ ok: true });
  expect(smtp.mails.map((one) => one.messageId)).toEqual(["<0c5b1f2e@learn.example>"]);
  // A server that does so each time is taken for one that is away, so that nobody's mail is lost.
  smtp.breaksOff = Number.POSITIVE_INFINITY;
  expect(await mailer?.send(mail())).toMatchObject({ ok: false, kind: "unreachable" });
  await mailer?.close();
});

it("sends no more in a minute than it may", async () => {
  const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from, MAIL_PER_MINUTE: 4 });
  const results = manyMails(6).map((one) => mailer?.send(one));
  await Promise.all(results.slice(0, 4));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(smtp.mails).toHaveLength(4);
  await mailer?.close();
  expect((await Promise.all(results)).map((one) => one?.ok)).toEqual([true, true, true, true, false, false]);
});

it("blames no reader when the server is not there or lets us not in, and tells no secret", async () => {
  const gone = "smtp://clause7:geheim42@127.0.0.1:1";
  const refused = await mailSender({ SMTP_URL: gone, MAIL_FROM: from })?.send(mail());
  expect(refused).toMatchObject({
    ok: false,
    kind: "unreachable",
    error: expect.stringMatching(/ECONNREFUSED/) as string,
  });
  const guarded = await startSmtp("right");
  const wrong = guarded.url.replace("right", "geheim42");
  const result = await mailSender({ SMTP_URL: wrong, MAIL_FROM: from })?.send(mail());
  expect(result).toMatchObject({ ok: false, kind: "unreachable" });
  expect(JSON.stringify([refused, result])).not.toContain("geheim42");
  expect(await mailSender({ SMTP_URL: guarded.url, MAIL_FROM: from })?.send(mail())).toEqual({ ok: true });
  await guarded.close();
});

it.each([
  [{ SMTP_URL: "mail.example:25", MAIL_FROM: "a@b.example" }, /SMTP_URL: write smtp:/],
  [{ SMTP_URL: "smtp://u:geheim42@[x", MAIL_FROM: "a@b.example" }, /SMTP_URL/],
  [{ SMTP_URL: "smtp://mail.example" }, /MAIL_FROM: set SMTP_URL and MAIL_FROM together/],
  [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "Learning" }, /MAIL_FROM: write an address/],
])("refuses the configuration %j", (env, message) => {
  expect(() => readEnv(env)).toThrow(message);
  expect(() => readEnv(env)).not.toThrow(/geheim42/);
});

it("is none without a mail server", () => {
  expect(mailSender(readEnv({}))).toBeNull();
});
