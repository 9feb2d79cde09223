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

let smtp: FakeSmtp;
beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(() => smtp.close());

it("hands over text and HTML under its own Message-ID, and lets nobody answer by machine", async () => {
  expect(await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.(mail())).toEqual({ ok: true });
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
  await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.(mail({ unsubscribe }));
  const lines = smtp.mails[0]?.headerLines.map((one) => one.line.replace(/\r?\n\s+/g, " "));
  expect(lines).toContain(`List-Unsubscribe: <${unsubscribe}>`);
  expect(lines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

it.each([
  ["greylisting", { reply: (): number => 451 }, "later", /451.*Greylisted/],
  ["an unknown reader", { reply: (): number => 550 }, "refused", /550.*No such user/],
  ["a mail it will not have", { afterData: 554 }, "refused", /554/],
  ["a mail it will not have now", { afterData: 452 }, "later", /452/],
] as const)("takes %s for what it is", async (_what, mood, kind, error) => {
  Object.assign(smtp, mood);
  const result = await mailSender({ SMTP_URL: smtp.url, MAIL_FROM: from })?.(mail());
  expect(result).toMatchObject({ ok: false, kind, error: expect.stringMatching(error) as string });
});

it("blames no reader when the server is not there or lets us not in, and tells no secret", async () => {
  const gone = "smtp://clause7:geheim42@127.0.0.1:1";
  const refused = await mailSender({ SMTP_URL: gone, MAIL_FROM: from })?.(mail());
  expect(refused).toMatchObject({
    ok: false,
    kind: "unreachable",
    error: expect.stringMatching(/ECONNREFUSED/) as string,
  });
  const guarded = await startSmtp("right");
  const wrong = guarded.url.replace("right", "geheim42");
  const result = await mailSender({ SMTP_URL: wrong, MAIL_FROM: from })?.(mail());
  expect(result).toMatchObject({ ok: false, kind: "unreachable" });
  expect(JSON.stringify([refused, result])).not.toContain("geheim42");
  expect(await mailSender({ SMTP_URL: guarded.url, MAIL_FROM: from })?.(mail())).toEqual({ ok: true });
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
