import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { keyHolder } from "#app/domain/assistant/api-key.server.ts";
import { action, loader } from "#app/routes/_app.account.keys/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { aPerson } from "#test/factories.ts";

const now = new Date("2026-12-01T10:00:00Z");
const day = 86_400_000;
const path = "/account/keys";
const as = "p-mila";
const editor = { intent: "create", name: "Editor", days: "30" };

type Page = Awaited<ReturnType<typeof loader>>;
type Sent = { issued: { id: string; name: string; secret: string } };

async function aWorld(tx: Db) {
  await aPerson(tx, { id: as, name: "Mila" });
  await aPerson(tx, { id: "p-dana", name: "Dana" });
  await aPerson(tx, { id: "p-none", roles: [] });
  const clock = { now };
  const context = services(tx, now, { now: () => clock.now, baseUrl: "https://learn.example" });
  return {
    clock,
    see: async (who = as, search = "") =>
      (await open<Page>(loader, context, `${path}${search}`, { as: who })).body,
    post: (fields: Record<string, string>, who: string | null = as) =>
      send<Sent>(action, context, path, fields, { as: who }),
    holder: async (secret: string) => (await keyHolder(tx, `Bearer ${secret}`, clock.now))?.id ?? null,
    status: async (who: string | null) => (await open(loader, context, path, { as: who })).status,
  };
}

onBothEngines("the page of API keys", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>, tx: Db) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx), tx));

  it("is closed to visitors, and to people who may not ask", () =>
    world(async ({ post, status }) => {
      expect(await status(null)).toBe(302);
      expect((await post(editor, null)).status).toBe(302);
      expect(await status("p-none")).toBe(403);
      expect((await post(editor, "p-none")).status).toBe(403);
    }));

  it("makes a key and tells its secret in that answer alone", () =>
    world(async ({ see, post, holder }, tx) => {
      expect(await see()).toMatchObject({ keys: [], baseUrl: "https://learn.example", revoked: null });
      const { status, location, body } = await post(editor);
      expect([status, location]).toEqual([200, null]);
      expect(body.issued).toMatchObject({
        name: "Editor",
        secret: expect.stringMatching(/^c7_[\w-]{43}$/) as string,
      });
      expect(await holder(body.issued.secret)).toBe(as);
      const page = await see();
      expect(page.keys).toEqual([
        {
          id: body.issued.id,
          name: "Editor",
          createdAt: now,
          expiresAt: new Date(now.getTime() + 30 * day),
          lastUsedAt: now,
          revokedAt: null,
          inForce: true,
        },
      ]);
      const events = await tx.select().from(auditEvent);
      expect(events).toMatchObject([{ type: "key.created", actorId: as, subjectId: body.issued.id }]);
      expect(JSON.stringify([page, events])).not.toContain(body.issued.secret);
      expect((await see("p-dana")).keys).toEqual([]);
    }));

  it("keeps what was typed beside what is wrong with it", () =>
    world(async ({ see, post }) => {
      expect(await post({ intent: "create", name: " ", days: "7" })).toMatchObject({
        status: 422,
        form: {
          errors: {
            name: "Write what the key is for, in at most 60 characters.",
            days: "Choose 30, 90 or 365 days.",
          },
          values: { name: " ", days: "7" },
        },
      });
      expect((await post({ intent: "destroy" })).status).toBe(422);
      expect((await see()).keys).toEqual([]);
    }));

  it("revokes when it was confirmed, and one's own keys alone", () =>
    world(async ({ see, post, holder }, tx) => {
      const { id, secret } = (await post(editor)).body.issued;
      const revoke = { intent: "revoke", id, confirmed: "yes" };
      expect(await post({ intent: "revoke", id })).toMatchObject({
        status: 422,
        form: { errors: { confirmed: expect.stringContaining("Tick this") as string }, values: { id } },
      });
      expect((await post(revoke, "p-dana")).status).toBe(404);
      expect((await post({ ...revoke, id: randomUUID() })).status).toBe(404);
      expect(await holder(secret)).toBe(as);

      expect(await post(revoke)).toMatchObject({ status: 302, location: `${path}?revoked=${id}` });
      expect(await holder(secret)).toBeNull();
      expect(await see(as, `?revoked=${id}`)).toMatchObject({
        revoked: "Editor",
        keys: [{ id, revokedAt: now, inForce: false }],
      });
      expect(await post(revoke)).toMatchObject({
        status: 409,
        form: { message: expect.stringContaining("ended") as string },
      });
      const types = (await tx.select({ type: auditEvent.type }).from(auditEvent)).map((e) => e.type);
      expect(types.toSorted()).toEqual(["key.created", "key.revoked"]);
    }));

  it("gives ten keys at a time, and the next when one has ended", () =>
    world(async ({ clock, see, post }) => {
      for (let i = 0; i < 9; i++) expect((await post({ ...editor, days: "90" })).status).toBe(200);
      expect((await post(editor)).status).toBe(200);
      expect(await post(editor)).toMatchObject({
        status: 409,
        form: {
          message: expect.stringContaining("You have 10 keys in force") as string,
          values: { name: "Editor" },
        },
      });
      expect((await post(editor, "p-dana")).status).toBe(200);
      clock.now = new Date(now.getTime() + 30 * day);
      expect((await post(editor)).status).toBe(200);
      const { keys } = await see();
      expect(keys.map((key) => key.inForce)).toEqual([...Array<boolean>(10).fill(true), false]);
      expect(keys.at(-1)?.revokedAt).toBeNull();
    }));
});
