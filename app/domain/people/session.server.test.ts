import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { credential, organisation, person, session, setupLink } from "#db/schema/people.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";
import { setSamplePasswords } from "./import.server.ts";
import {
  actorBehind,
  createSetupLink,
  hashPassword,
  purgeSessions,
  sampleSignIns,
  setupLinkOpen,
  signIn,
  signOut,
  useSetupLink as openWithLink,
} from "./session.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const after = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const password = "a quiet place by the water";
const passwordHash = hashPassword(password);

/** Somebody who can sign in. */
async function aMember(tx: Db, overrides: Parameters<typeof aPerson>[1] = {}) {
  const row = await aPerson(tx, overrides);
  await tx.insert(credential).values({ personId: row.id, passwordHash: await passwordHash, changedAt: now });
  return row;
}

const events = async (tx: Db): Promise<string[]> =>
  (await tx.select().from(auditEvent).orderBy(asc(auditEvent.seq))).map((e) => e.type);

onBothEngines("sign-in", (database) => {
  it("opens a session for the right password, however the e-mail is written", () =>
    database.rolledBack(async (tx) => {
      const { id, email } = await aMember(tx);
      const result = await signIn(tx, { email: ` ${email.toUpperCase()} `, password }, now);
      if (!result.ok) throw new Error("not signed in");
      expect(result.actor).toMatchObject({ id, roles: ["employee"] });
      expect(await actorBehind(tx, result.token, after(1))).toMatchObject({ id });
      const [stored] = await tx.select().from(session);
      expect(stored?.id).not.toContain(result.token);
      expect(await events(tx)).toEqual(["person.signed_in"]);
    }));

  it("gives a wrong password and an unknown e-mail the same answer, after the same work", () =>
    database.rolledBack(async (tx) => {
      const { email } = await aMember(tx);
      const timed = async (address: string): Promise<number> => {
        const began = performance.now();
        expect(await signIn(tx, { email: address, password: "wrong" }, now)).toEqual({
          ok: false,
          reason: "wrong",
        });
        return performance.now() - began;
      };
      // In turns, so that whatever else the machine does slows both alike.
      let [known, unknown] = [Infinity, Infinity];
      for (let i = 0; i < 3; i++) {
        known = Math.min(known, await timed(email));
        unknown = Math.min(unknown, await timed("nobody@aldermoor.example"));
      }
      expect(unknown).toBeGreaterThan(known / 4);
    }));

  it("locks after five wrong passwords in a row, also against the right one, and longer each time", () =>
    database.rolledBack(async (tx) => {
      const { email } = await aMember(tx);
      const wrong = (at: Date) => signIn(tx, { email, password: "wrong" }, at);
      for (let i = 0; i < 4; i++) expect(await wrong(now)).toEqual({ ok: false, reason: "wrong" });
      expect(await wrong(now)).toEqual({ ok: false, reason: "locked", until: after(1) });
      expect(await signIn(tx, { email, password }, now)).toMatchObject({ reason: "locked" });
      expect(await wrong(after(1))).toEqual({ ok: false, reason: "locked", until: after(3) });
      expect(await signIn(tx, { email, password }, after(3))).toMatchObject({ ok: true });
      expect(await wrong(after(3))).toEqual({ ok: false, reason: "wrong" });
      expect(await events(tx)).toEqual(["person.locked", "person.locked", "person.signed_in"]);
    }));

  it("counts wrong passwords that arrive together", async () => {
    const { email } = await aMember(database.db);
    const wrong = () => signIn(database.db, { email, password: "wrong" }, now);
    const answers = await Promise.all(Array.from({ length: 8 }, wrong));
    expect(answers.filter((a) => !a.ok && a.reason === "wrong")).toHaveLength(4);
    expect(await signIn(database.db, { email, password }, now)).toMatchObject({ reason: "locked" });
  });

  it("refuses who has left, who has no password, and who leaves while signed in", () =>
    database.rolledBack(async (tx) => {
      const gone = await aMember(tx, { leftOn: "2026-11-23" });
      const without = await aPerson(tx);
      for (const { email } of [gone, without])
        expect(await signIn(tx, { email, password }, now)).toEqual({ ok: false, reason: "wrong" });
      const leaving = await aMember(tx, { leftOn: "2026-11-24" });
      const result = await signIn(tx, { email: leaving.email, password }, now);
      if (!result.ok) throw new Error("not signed in");
      expect(await actorBehind(tx, result.token, after(60))).not.toBeNull();
      await tx.update(person).set({ leftOn: "2026-11-23" }).where(eq(person.id, leaving.id));
      expect(await actorBehind(tx, result.token, after(61))).toBeNull();
    }));

  it("ends by signing out, by idling and by its twelve hours", () =>
    database.rolledBack(async (tx) => {
      const { email } = await aMember(tx);
      const open = async () => {
        const result = await signIn(tx, { email, password }, now);
        return result.ok ? result.token : "";
      };
      const [left, idle, used] = [await open(), await open(), await open()];
      await signOut(tx, left, after(1));
      await signOut(tx, "unknown", after(1));
      expect(await actorBehind(tx, left, after(2))).toBeNull();
      for (let minute = 100; minute < 720; minute += 100)
        expect(await actorBehind(tx, used, after(minute))).not.toBeNull();
      expect(await actorBehind(tx, idle, after(121))).toBeNull();
      expect(await actorBehind(tx, used, after(720))).toBeNull();
      expect(await purgeSessions(tx, after(719))).toBe(1);
      expect(await purgeSessions(tx, after(721))).toBe(1);
    }));
});

onBothEngines("the set-up link", (database) => {
  const input = { name: " Ada Admin ", email: "Ada@Own.Example", password };

  it("makes the first administrator once", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const token = await createSetupLink(tx, now);
      expect(await setupLinkOpen(tx, token, after(60))).toBe(true);
      const opened = await openWithLink(tx, { token, ...input }, after(60));
      expect(await actorBehind(tx, opened?.token ?? "", after(61))).toMatchObject({
        name: "Ada Admin",
        roles: ["employee", "admin", "hr"],
      });
      expect(await setupLinkOpen(tx, token, after(61))).toBe(false);
      expect(await openWithLink(tx, { token, ...input, email: "eve@own.example" }, after(62))).toBeNull();
      expect(await signIn(tx, { email: "ada@own.example", password }, after(63))).toMatchObject({ ok: true });
      expect(await events(tx)).toEqual(["person.signed_in", "setup_link.used", "person.signed_in"]);
    }));

  it("is refused after a day, and when nobody made it", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const token = await createSetupLink(tx, now);
      const [stored] = await tx.select().from(setupLink);
      expect(stored?.tokenHash).not.toBe(token);
      expect(await setupLinkOpen(tx, token, after(24 * 60))).toBe(false);
      expect(await openWithLink(tx, { token, ...input }, after(24 * 60))).toBeNull();
      expect(await openWithLink(tx, { token: "guessed", ...input }, now)).toBeNull();
      expect(await tx.select().from(person)).toEqual([]);
    }));
});

onBothEngines("sample sign-ins", (database) => {
  it("are shown by the sample organisation alone", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const { id, email, name } = await aPerson(tx);
      await aMember(tx);
      await setSamplePasswords(tx, [id], "published", now);
      expect(await sampleSignIns(tx)).toMatchObject([{ email, name }]);
      expect(await signIn(tx, { email, password: "published" }, now)).toMatchObject({ ok: true });
      await tx.update(organisation).set({ kind: "own" });
      expect(await sampleSignIns(tx)).toEqual([]);
    }));
});
