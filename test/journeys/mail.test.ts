import type { ServerBuild } from "@remix-run/node";
import type { Server } from "node:http";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { credential } from "#db/schema/people.ts";
import { deliverMessages } from "#app/domain/communication/delivery.server.ts";
import { writeDigests } from "#app/domain/competence/digest.server.ts";
import { planReminders } from "#app/domain/competence/reminder.server.ts";
import { hashPassword } from "#app/domain/people/session.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { mailSender } from "#app/platform/mail.ts";
import { aCourse, aModule, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { type FakeSmtp, startSmtp } from "#test/fakes/smtp.ts";
import { answerRightly, keyOf } from "./answering.ts";
import { complaints, freePort, openBrowser, visitor } from "./product.ts";

const password = "a quiet place by the water";
/** A Friday, and the Monday after it: three days on, when a practice falls due. */
const friday = new Date("2026-11-20T09:00:00Z");
const monday = new Date("2026-11-23T10:00:00Z");

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The built product on a database and a clock, as people reach it. */
async function served(db: Parameters<typeof services>[0]): Promise<{ server: Server; url: string }> {
  const build = (await import(pathToFileURL("build/server/index.js").href)) as ServerBuild;
  const log = pino({ level: "silent" });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const app = createServer({
    build: guardRoutes(build, log),
    services: services(db, monday, { baseUrl: url }),
    log,
    trustProxy: false,
    signInsPerMinute: 30,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(port, "127.0.0.1", () => resolve(listening));
  });
  return { server, url };
}

/** The address behind a link of a mail as it was received. */
function linkOf(smtp: FakeSmtp, to: string, words: string): string {
  const mail = smtp.mails.find(({ to: got }) => got && !Array.isArray(got) && got.text.includes(to));
  const html = mail?.html;
  if (!html) throw new Error(`${to} got no mail`);
  const found = new RegExp(`<a href="([^"]+)"[^>]*>${words}</a>`).exec(html)?.[1];
  if (found === undefined) throw new Error(`no link ${words} in ${html}`);
  expect(mail.text).toContain(found);
  return found;
}

async function signInHere(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("E-mail and password do not fit together").waitFor();
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

async function answerBoth(page: Page): Promise<void> {
  for (const position of [0, 1]) {
    const item = page.locator(`#item-${position}`);
    const check = item.getByRole("button", { name: "Check my answer" });
    await check.waitFor();
    await answerRightly(page, `#item-${position}`, keyOf(aModule()));
    await check.click();
    await item.getByText("Right", { exact: true }).first().waitFor();
  }
  await page.getByText("Done. The next questions come by themselves.").waitFor();
}

onBothEngines("links of mails", (database) => {
  it("lead through the sign-in to what they name, as they arrived in the reader’s mailbox", async () => {
    const { db } = database;
    await anOrganisation(db);
    const mila = await aPerson(db, { id: "p-mila", name: "Mila" });
    const noor = await aPerson(db, { id: "p-noor", name: "Noor" });
    const passwordHash = await hashPassword(password);
    for (const { id } of [mila, noor])
      await db.insert(credential).values({ personId: id, passwordHash, changedAt: friday });
    await aCourse(db, friday, aModule());
    await sitAssessment(db, actorFor(noor), aModule(), 1, friday);

    const { server, url } = await served(db);
    const smtp = await startSmtp();
    const mailer = mailSender({ SMTP_URL: smtp.url, MAIL_FROM: "learn@aldermoor.example" });
    const { mailing } = services(db, monday);
    await planReminders(db, mailing.reminders, monday);
    await writeDigests(db, mailing, url, monday);
    const { hours } = mailing.reminders;
    if (!mailer) throw new Error("no mail server is configured");
    await deliverMessages(db, mailer.send, { baseUrl: url, hours }, () => monday);
    await mailer.close();

    const course = linkOf(smtp, mila.email, "Start");
    const practice = linkOf(smtp, noor.email, "answer two questions");
    expect(practice).toBe(`${url}/practice/${aRequirement.slug}`);
    for (const [link, email, heading] of [
      [course, mila.email, "AI awareness"],
      [practice, noor.email, "Still there?"],
    ] as const) {
      const page = await visitor(browser);
      await page.goto(link);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
      await signInHere(page, email);
      expect(page.url()).toBe(link);
      await page.getByRole("heading", { level: 1 }).filter({ hasText: heading }).waitFor();
      if (link === practice) await answerBoth(page);
      else {
        // A link that was meant for somebody else.
        await page.goto(practice);
        await page.getByText("You are signed in as Mila.").waitFor();
      }
      await page.context().close();
    }
    expect(complaints.filter((one) => !one.includes("401"))).toEqual([]);
    await smtp.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
});
