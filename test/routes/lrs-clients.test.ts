import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { clientOf } from "#app/domain/lrs/credential.server.ts";
import { action, loader } from "#app/routes/_app.admin.lrs/route.tsx";
import { loader as shellLoader } from "#app/routes/_app.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { aPerson } from "#test/factories.ts";

const now = new Date("2026-12-01T10:00:00Z");
const as = "p-sofia";
const path = "/admin/lrs";
const others = { hr: "p-dana", auditor: "p-august", reviewer: "p-mila" } as const;

async function aWorld(tx: Db) {
  await aPerson(tx, { id: as, name: "Sofia", roles: ["employee", "admin"] });
  for (const [role, id] of Object.entries(others))
    await aPerson(tx, { id, roles: ["employee", role as keyof typeof others] });
  return services(tx, now, { baseUrl: "https://learn.example" });
}

type Page = Awaited<ReturnType<typeof loader>>;
type Sent = { issued: { id: string; key: string; secret: string } };
const kiosk = { intent: "create", name: "Kiosk", scopes: ["statements/write", "state"] };

const proves = async (tx: Db, { key, secret }: Sent["issued"], at = now): Promise<boolean> =>
  (await clientOf(tx, "x", `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`, at)) !== null;

onBothEngines("the page of LRS clients", (database) => {
  it("is closed to all but administrators, who alone see the way to it", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type Shell = Awaited<ReturnType<typeof shellLoader>>;
      const linked = async (as: string) =>
        (await open<Shell>(shellLoader, context, "/", { as })).body.links.some(({ to }) => to === path);
      for (const other of Object.values(others)) {
        expect((await open(loader, context, path, { as: other })).status).toBe(403);
        expect((await send(action, context, path, kiosk, { as: other })).status).toBe(403);
        expect((await send(action, context, path, {}, { as: other })).status).toBe(403);
        expect(await linked(other)).toBe(false);
      }
      expect((await open(loader, context, path)).status).toBe(302);
      expect((await send(action, context, path, kiosk)).status).toBe(302);
      expect(await linked(as)).toBe(true);
      expect((await open<Page>(loader, context, path, { as })).body).toEqual({
        clients: [],
        endpoint: "https://learn.example/xapi/",
        revoked: null,
      });
    }));

  it("creates a client and tells its secret in that answer alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const limits = { ratePerMinute: "600", bodyLimitBytes: "" };
      const { status, location, body } = await send<Sent>(
        action,
        context,
        path,
        { ...kiosk, ...limits },
        { as },
      );
      expect([status, location]).toEqual([200, null]);
      expect(await proves(tx, body.issued)).toBe(true);
      const page = await open<Page>(loader, context, path, { as });
      expect(page.body.clients).toMatchObject([
        {
          id: body.issued.id,
          name: "Kiosk",
          key: body.issued.key,
          scopes: ["statements/write", "state"],
          ratePerMinute: 600,
          bodyLimitBytes: 10_485_760,
          createdByName: "Sofia",
          createdAt: now,
          lastUsedAt: now,
          revokedAt: null,
        },
      ]);
      expect(JSON.stringify(page)).not.toContain(body.issued.secret);
    }));

  it("keeps what was typed beside what is wrong with it", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const sent = { intent: "create", name: " ", scopes: [], ratePerMinute: "many", bodyLimitBytes: "1" };
      expect(await send(action, context, path, sent, { as })).toMatchObject({
        status: 422,
        form: {
          errors: {
            name: "Give the client a name.",
            scopes: "Choose at least one scope.",
            ratePerMinute: expect.stringContaining("from 1 to 1000000"),
            bodyLimitBytes: expect.stringContaining("from 1000 to 100000000"),
          },
          values: { intent: "create", ratePerMinute: "many", bodyLimitBytes: "1" },
        },
      });
      const chosen = await send(action, context, path, { ...kiosk, name: "" }, { as });
      expect(chosen.form.values).toMatchObject({ scopes: ["statements/write", "state"] });
      expect((await open<Page>(loader, context, path, { as })).body.clients).toEqual([]);
    }));

  it("changes the secret and revokes, each only when it was confirmed", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const { issued } = (await send<Sent>(action, context, path, kiosk, { as })).body;
      const { id } = issued;
      const change = (fields: Record<string, string>) =>
        send<Sent>(action, context, path, { id, ...fields }, { as });
      for (const intent of ["rotate", "revoke"])
        expect(await change({ intent })).toMatchObject({
          status: 422,
          form: { errors: { confirmed: expect.stringContaining("Tick this") }, values: { intent, id } },
        });
      expect(await proves(tx, issued)).toBe(true);

      const later = new Date(now.getTime() + 1000);
      const rotated = await change({ intent: "rotate", confirmed: "yes" });
      expect(rotated).toMatchObject({ status: 200, body: { issued: { id, key: issued.key } } });
      expect(await proves(tx, issued, later)).toBe(false);
      expect(await proves(tx, rotated.body.issued, later)).toBe(true);

      expect(await change({ intent: "revoke", confirmed: "yes" })).toMatchObject({
        status: 302,
        location: `/admin/lrs?revoked=${id}`,
      });
      expect(await proves(tx, rotated.body.issued, new Date(now.getTime() + 2000))).toBe(false);
      const page = await open<Page>(loader, context, `${path}?revoked=${id}`, { as });
      expect(page.body).toMatchObject({
        revoked: "Kiosk",
        clients: [{ id, revokedAt: now, rotatedAt: now }],
      });
      expect((await open<Page>(loader, context, `${path}?revoked=<b>`, { as })).body.revoked).toBeNull();
    }));

  it("says when a client was revoked before, and finds none that was never there", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const { issued } = (await send<Sent>(action, context, path, kiosk, { as })).body;
      const change = (intent: string, id = issued.id) =>
        send(action, context, path, { intent, id, confirmed: "yes" }, { as });
      await change("revoke");
      expect(await change("revoke")).toMatchObject({
        status: 409,
        form: { message: "This client was revoked before." },
      });
      expect(await change("rotate")).toMatchObject({
        status: 409,
        form: { message: "This client was revoked. Create another one instead." },
      });
      expect((await change("rotate", randomUUID())).status).toBe(404);
      expect((await change("rotate", "no-id")).status).toBe(422);
      expect((await change("destroy")).status).toBe(422);
    }));
});
