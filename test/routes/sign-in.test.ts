import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { credential } from "#db/schema/people.ts";
import { setSamplePasswords } from "#app/domain/people/import.server.ts";
import { createSetupLink, hashPassword } from "#app/domain/people/session.server.ts";
import { actorIfAny, safePath } from "#app/http/session.server.ts";
import { action as setUp, loader as setUpLoader } from "#app/routes/_public.set-up.$token.tsx";
import { action, loader } from "#app/routes/_public.sign-in.tsx";
import { action as signOut } from "#app/routes/sign-out.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
const password = "a quiet place by the water";
const passwordHash = hashPassword(password);
const email = "mila@aldermoor.example";

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", email });
  await tx
    .insert(credential)
    .values({ personId: "p-mila", passwordHash: await passwordHash, changedAt: now });
  return services(tx, now);
}

/** The answer as it goes over the wire, for its headers. */
async function posted(
  context: Awaited<ReturnType<typeof aWorld>>,
  fields: Record<string, string>,
): Promise<Response> {
  const request = new Request(`${context.baseUrl}/sign-in`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  try {
    await action({ request, params: {}, context });
  } catch (answer) {
    if (answer instanceof Response) return answer;
    throw answer;
  }
  throw new Error("no redirect");
}

onBothEngines("the sign-in page", (database) => {
  it("opens a session in a cookie that scripts and other sites cannot use", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const answer = await posted(context, { email, password, to: "/board?status=overdue" });
      expect(answer.headers.get("location")).toBe("/board?status=overdue");
      const cookie = answer.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/^session=.+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
      const headers = { cookie: cookie.split(";")[0] ?? "" };
      const request = new Request(context.baseUrl, { headers });
      expect(await actorIfAny(request, context)).toMatchObject({ id: "p-mila" });

      const secure = { ...context, baseUrl: "https://learn.example" };
      const kept = (await posted(secure, { email, password })).headers.get("set-cookie");
      expect(kept).toMatch(/^__Host-session=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    }));

  it("sends nobody to another site", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      for (const to of ["https://evil.example", "//evil.example", "/\\evil.example", ""])
        expect((await posted(context, { email, password, to })).headers.get("location")).toBe("/");
      const hosts = ["/\t/evil.example", "/\n/evil.example", "/.//evil.example", "/x/..//evil.example"];
      for (const to of [...hosts, "/..\\/evil.example", "/\u0000/evil.example", "javascript:alert(1)"])
        expect(safePath(to), to).toBe("/");
      for (const to of ["/learn", "/board?at=2026-06-30&q=%2F%2Fx", "/records/p-1#x", "/policies/é"])
        expect(safePath(to)).toBe(to);
    }));

  it("draws the form again with the e-mail and without the password", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const tried = (fields: Record<string, string>) => send(action, context, "/sign-in", fields);
      const wrong = await tried({ email, password: "wrong" });
      expect(wrong).toMatchObject({
        status: 401,
        form: { message: "E-mail and password do not fit together. Check both and try again." },
      });
      const unknown = await tried({ email: "nobody@aldermoor.example", password: "wrong" });
      expect(unknown).toMatchObject({ status: 401, form: { message: wrong.form.message } });
      const unread = await tried({ email: "mila", password: "" });
      expect(unread).toMatchObject({
        status: 422,
        form: { values: { email: "mila" }, errors: { password: "Enter your password." } },
      });
      expect(Object.keys(unread.form.values)).not.toContain("password");
      expect(await tried({ email, password: "x".repeat(257) })).toMatchObject({ status: 422 });
      expect(await tried({ email: "mila\0@aldermoor.example", password: "wrong" })).toMatchObject({
        status: 401,
      });
    }));

  it("tells a locked person how long to wait", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const tried = () => send(action, context, "/sign-in", { email, password: "wrong" });
      for (let i = 0; i < 4; i++) expect((await tried()).status).toBe(401);
      expect(await tried()).toMatchObject({
        status: 429,
        form: { message: "Too many wrong passwords. Try again in 1 minute." },
      });
    }));

  it("shows sample sign-ins, and sends who is signed in on", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"] });
      await setSamplePasswords(tx, ["p-dana"], "published", now);
      expect((await open(loader, context, "/sign-in?to=/learn")).body).toMatchObject({
        to: "/learn",
        samples: [{ name: "Person p-dana", roles: ["HR"] }],
      });
      expect(await open(loader, context, "/sign-in?to=/learn", { as: "p-mila" })).toMatchObject({
        status: 302,
        location: "/learn",
      });
    }));

  it("ends the session on signing out", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const headers = { cookie: await cookieFor(context, "p-mila") };
      const request = (method: string) => new Request(`${context.baseUrl}/sign-out`, { method, headers });
      const answer = await signOut({ request: request("POST"), params: {}, context });
      expect(answer.headers.get("location")).toBe("/sign-in");
      expect(answer.headers.get("set-cookie")).toMatch(/^session=.*Max-Age=0/);
      expect(await actorIfAny(request("GET"), context)).toBeNull();
    }));
});

onBothEngines("the set-up page", (database) => {
  it("takes a link once, with a password long enough and typed twice", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const context = services(tx, now);
      const token = await createSetupLink(tx, now);
      const visit = { params: { token } };
      const sent = (fields: Record<string, string>) =>
        send(setUp, context, `/set-up/${token}`, fields, visit);
      const fields = { name: "Ada", email: "ada@own.example", password, repeated: password };
      expect((await open(setUpLoader, context, `/set-up/${token}`, visit)).status).toBe(200);
      expect(await sent({ ...fields, password: "short", repeated: "short" })).toMatchObject({ status: 422 });
      const differ = await sent({ ...fields, repeated: "another sentence entirely" });
      expect(differ).toMatchObject({ status: 422, form: { values: { name: "Ada" } } });
      expect(JSON.stringify(differ.form)).not.toContain(password);
      expect(await sent(fields)).toMatchObject({ status: 302, location: "/" });
      expect(await sent(fields)).toMatchObject({ status: 409 });
      expect((await open(setUpLoader, context, `/set-up/${token}`, visit)).status).toBe(404);
      const guessed = { params: { token: "guessed" } };
      expect((await open(setUpLoader, context, "/set-up/guessed", guessed)).status).toBe(404);
    }));
});
