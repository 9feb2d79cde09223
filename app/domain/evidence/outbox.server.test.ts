import { fc } from "@fast-check/vitest";
import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import { lrsSender, type LrsTarget } from "#app/platform/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { anOrganisation, aStatement } from "#test/factories.ts";
import { type FakeLrs, startLrs } from "#test/fakes/lrs.ts";
import { aVoiding, aWildStatement, store, storeContent, type Wild } from "#test/stored.ts";
import { system } from "../people/permission.ts";
import { replayLetters } from "./dead-letter.server.ts";
import type { Send } from "./forwarding.ts";
import { sendNow, setTargetFilter, syncTargets, targetStates } from "./lrs-target.server.ts";
import { everything, type Sent, type TargetFilter } from "./outbox.ts";
import { deliverDue } from "./outbox.server.ts";
import { verbs } from "./statement.ts";

const start = new Date("2026-11-23T10:00:00Z");
const after = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const noJitter = (): number => 0;
const deliver = (db: Db, send: Send, seconds: number) => deliverDue(db, send, () => after(seconds), noJitter);

const running: FakeLrs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((lrs) => lrs.close()));
});

async function startTarget(name: string): Promise<{ lrs: FakeLrs; target: LrsTarget }> {
  const lrs = await startLrs();
  running.push(lrs);
  return { lrs, target: { name, endpoint: lrs.endpoint, key: lrs.key, secret: lrs.secret } };
}

/** A fake LRS that is configured, with the means to send to it. */
async function anLrs(tx: Db, timeoutMs = 5000): Promise<{ lrs: FakeLrs; send: Send; patient: Send }> {
  await anOrganisation(tx);
  const { lrs, target } = await startTarget("central");
  await syncTargets(tx, [target], start);
  return { lrs, send: lrsSender([target], timeoutMs), patient: lrsSender([target]) };
}

const who = {
  homePage: "https://learn.aldermoor.example",
  pseudonym: randomUUID(),
  baseIri: "https://learn.aldermoor.example",
};

/** Stores statements of this product; their ids. */
async function write(tx: Db, count: number): Promise<string[]> {
  const scope = randomUUID();
  const made = Array.from({ length: count }, (_, position) => aStatement(who, { scope, position }));
  await store(tx, made);
  return made.map((s) => s.id);
}

async function receive(tx: Db, statements: Wild[]): Promise<string[]> {
  await store(tx, statements, "moodle");
  return statements.map((s) => s.id);
}

const ids = (lrs: FakeLrs): string[] => lrs.statements.map((s) => s.id);
const stateOf = async (tx: Db, name = "central") =>
  (await targetStates(tx, system)).find((one) => one.target === name);
const filterTo = (tx: Db, parts: Partial<TargetFilter>, again = false, target = "central") =>
  setTargetFilter(tx, system, { target, filter: { ...everything, ...parts }, again }, start);

onBothEngines("outbox", (database) => {
  it("delivers what was stored, in order, once", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const written = await write(tx, 120);
      expect(await deliver(tx, send, 1)).toBe(120);
      expect(ids(lrs)).toEqual(written);
      expect(await deliver(tx, send, 2)).toBe(0);
      expect(lrs.requests).toBe(3);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, delivered: 120, lastDeliveredAt: after(1) });
    }));

  it("sends the text as it was received, without what the other store sets itself", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const id = randomUUID();
      const rest = `"id":"${id}","actor":{"mbox":"mailto:\\u0141@x.example"},"verb":{"id":"urn:v"},"object":{"id":"urn:o"},"result":{"score":{"raw":1.0,"max":12345678901234567890}}`;
      await store(tx, [
        `{${rest},"authority":{"account":{"name":"moodle"}},"stored":"2026-11-23T10:00:00Z"}`,
      ]);
      await deliver(tx, send, 1);
      expect(lrs.texts).toEqual([`[{${rest}}]`]);
    }));

  it("sends the contents of attachments, unless an address leads to them", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const content = Buffer.from([0, 255, 13, 10, 45, 45, 7]);
      const file = await storeContent(tx, content);
      const linked = { ...file, sha2: "ab".repeat(32), fileUrl: "https://files.example/x" };
      const sent = await receive(tx, [
        aWildStatement(),
        aWildStatement({ attachments: [file] }),
        aWildStatement({ attachments: [linked] }),
        aWildStatement({ attachments: [{ ...file, sha2: "cd".repeat(32) }] }),
      ]);
      expect(await deliver(tx, send, 1)).toBe(3);
      expect(ids(lrs)).toEqual(sent.slice(0, 3));
      expect(lrs.contents).toEqual(new Map([[file.sha2, content]]));
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, refused: 1, refusal: /400/ });
    }));

  it("sends statements of 2.0 under their version, in their place", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const written = await receive(tx, [
        aWildStatement(),
        aWildStatement({ version: "2.0.0" }),
        aWildStatement({ context: { contextAgents: [] } }),
        aWildStatement(),
      ]);
      await deliver(tx, send, 1);
      expect(ids(lrs)).toEqual(written);
      expect(lrs.versions).toEqual(["1.0.3", "2.0.0", "1.0.3"]);
    }));

  it("loses and doubles nothing while an LRS fails for a month in every way", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send, patient } = await anLrs(tx, 50);
      const moods = ["down", "silent", "forgetful", "down"] as const;
      const written: string[] = [];
      for (let day = 0; day < 32; day++) {
        lrs.mood = moods[Math.floor(day / 8)] ?? "down";
        written.push(...(await write(tx, 2)));
        await deliver(tx, send, day * 86_400);
      }
      expect(await stateOf(tx)).toMatchObject({ waiting: 64, refused: 0, attempts: 32, lastError: /503/ });
      expect((await stateOf(tx))?.nextTryAt).toEqual(after(31 * 86_400 + 1800));
      lrs.mood = "strict";
      await deliver(tx, patient, 32 * 86_400);
      expect(ids(lrs)).toEqual(written);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, refused: 0, attempts: 0, lastError: null });
    }));

  it("waits longer after each failure and sends nothing before, unless somebody asks for it", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await write(tx, 1);
      lrs.mood = "down";
      for (const second of [0, 4, 5, 14, 15]) await deliver(tx, send, second);
      expect(lrs.requests).toBe(3);
      await sendNow(tx, system, "central", after(16));
      await deliver(tx, send, 16);
      expect(lrs.requests).toBe(4);
    }));

  it("counts no failures in a row any more once the target has answered, be it by a refusal", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [poison = ""] = await write(tx, 1);
      lrs.mood = "down";
      await deliver(tx, send, 1);
      expect(await stateOf(tx)).toMatchObject({ attempts: 1, lastError: "The LRS answered 503." });
      lrs.mood = "well";
      lrs.poison.add(poison);
      await deliver(tx, send, 4000);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, refused: 1, attempts: 0, lastError: null });
    }));

  it("sets a statement aside that will never be taken, and delivers the others in order", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [first = "", poison = "", third = ""] = await write(tx, 3);
      lrs.poison.add(poison);
      expect(await deliver(tx, send, 1)).toBe(2);
      expect(ids(lrs)).toEqual([first, third]);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, refused: 1, refusal: "The LRS answered 400." });

      await replayLetters(tx, system, { target: "central" }, after(60));
      expect(await deliver(tx, send, 61)).toBe(0);
      expect(await tx.select().from(deadLetter)).toMatchObject([
        { attempts: 2, retryAt: null, outcome: null },
      ]);

      lrs.poison.clear();
      await replayLetters(tx, system, { target: "central" }, after(62));
      expect(await deliver(tx, send, 63)).toBe(1);
      expect(ids(lrs)).toEqual([first, third, poison]);
      expect(await tx.select().from(deadLetter)).toMatchObject([
        { outcome: "delivered", endedAt: after(63) },
      ]);
    }));

  it("says what stands under the id when another statement does", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [one = ""] = await write(tx, 1);
      lrs.statements.push({ ...aWildStatement(), id: one });
      await deliver(tx, send, 1);
      expect(await stateOf(tx)).toMatchObject({ refused: 1, refusal: /another statement/ });
    }));

  it("keeps a letter in line while the target is down, and everything while the key is wrong", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [poison = "", next = ""] = await write(tx, 2);
      lrs.poison.add(poison);
      await deliver(tx, send, 1);
      lrs.poison.clear();
      const { key } = lrs;
      lrs.key = "changed";
      await replayLetters(tx, system, { target: "central" }, after(2));
      await write(tx, 2);
      await deliver(tx, send, 3);
      expect(await stateOf(tx)).toMatchObject({ waiting: 2, again: 1, refused: 0, lastError: /401/ });
      lrs.key = key;
      expect(await deliver(tx, send, 60)).toBe(3);
      expect(ids(lrs).slice(0, 2)).toEqual([next, poison]);
    }));

  it("gives a new target the whole past, and one that is back what it has missed", () =>
    database.rolledBack(async (tx) => {
      const written = await write(tx, 3);
      const { lrs, send } = await anLrs(tx);
      await deliver(tx, send, 1);
      await syncTargets(tx, [], after(2));
      written.push(...(await write(tx, 1)));
      expect(await deliver(tx, send, 3)).toBe(0);
      await syncTargets(tx, [{ name: "central", endpoint: lrs.endpoint }], after(4));
      expect(await deliver(tx, send, 5)).toBe(1);
      expect(ids(lrs)).toEqual(written);
    }));

  it("sends each target what its filter asks for, and a voiding where the voided went", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const [own, all] = [await startTarget("own"), await startTarget("all")];
      await syncTargets(tx, [own.target, all.target], start);
      await filterTo(tx, { origin: "own", verbs: [verbs.asked] }, false, "own");
      const written = await write(tx, 2);
      const received = await receive(tx, [aWildStatement()]);
      const voidings = await receive(
        tx,
        [...written.slice(0, 1), ...received].map((id) => aVoiding(id)),
      );
      await deliver(tx, lrsSender([own.target, all.target]), 1);
      expect(ids(all.lrs)).toEqual([...written, ...received, ...voidings]);
      expect(ids(own.lrs)).toEqual([...written, voidings[0]]);
      expect(await stateOf(tx, "own")).toMatchObject({ waiting: 0, delivered: 3 });
    }));

  it("moves past what nobody asked for without a request", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await filterTo(tx, { origin: "received" });
      await write(tx, 30);
      await deliver(tx, send, 1);
      expect(lrs.requests).toBe(0);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0, delivered: 0, lastDeliveredAt: null });
    }));

  it("keeps to a changed filter from the cursor on, or again from the start, but for what was dropped", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await filterTo(tx, { origin: "received" });
      const [dropped = "", ...own] = await write(tx, 3);
      await deliver(tx, send, 1);
      await filterTo(tx, {});
      await deliver(tx, send, 2);
      expect(ids(lrs)).toEqual([]);
      const [row] = await tx.select().from(statement).where(eq(statement.id, dropped));
      const ended = { outcome: "dropped", endedAt: start, endedBy: "p", reason: "no" } as const;
      await tx.insert(deadLetter).values({ target: "central", seq: row?.seq ?? 0, at: start, ...ended });
      await filterTo(tx, {}, true);
      await deliver(tx, send, 3);
      expect(ids(lrs)).toEqual(own);
    }));

  it("ends a dead letter when the cursor comes by again and the statement is taken", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const [poison = ""] = await write(tx, 1);
      lrs.poison.add(poison);
      await deliver(tx, send, 1);
      await filterTo(tx, {}, true);
      await deliver(tx, send, 2);
      expect(await tx.select().from(deadLetter)).toMatchObject([{ attempts: 2, outcome: null }]);
      lrs.poison.clear();
      await filterTo(tx, {}, true);
      await deliver(tx, send, 3);
      expect(await tx.select().from(deadLetter)).toMatchObject([{ outcome: "delivered" }]);
    }));

  it("passes nothing over when the filter widens while a batch is under way", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await filterTo(tx, { origin: "received" });
      const own = await write(tx, 1);
      const received = await receive(tx, [aWildStatement()]);
      const meanwhile: Send = async (...given) => {
        const sent = await send(...given);
        await filterTo(tx, {});
        return sent;
      };
      await deliver(tx, meanwhile, 1);
      await deliver(tx, send, 2);
      expect(ids(lrs)).toEqual([...received, ...own]);
      expect(await stateOf(tx)).toMatchObject({ waiting: 0 });
    }));

  it("leaves the target alone that a process was sending to when it died, and then sends the same again", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      const written = await write(tx, 2);
      const dies: Send = async (...given) => {
        await send(...given);
        throw new Error("killed");
      };
      await expect(deliver(tx, dies, 1)).rejects.toThrow("killed");
      await sendNow(tx, system, "central", after(2));
      expect(await deliver(tx, send, 60)).toBe(0);
      expect(await deliver(tx, send, 122)).toBe(2);
      expect(ids(lrs)).toEqual(written);
      expect(lrs.requests).toBe(2);
    }));

  it("stops as soon as another process has taken the target over", () =>
    database.rolledBack(async (tx) => {
      const { lrs, send } = await anLrs(tx);
      await write(tx, 120);
      const stalls: Send = async (...given) => {
        const sent = await send(...given);
        await tx.update(lrsTarget).set({ sendingUntil: after(500) });
        return sent;
      };
      expect(await deliver(tx, stalls, 1)).toBe(0);
      expect(lrs.requests).toBe(1);
      expect(await stateOf(tx)).toMatchObject({ waiting: 120 });
      expect(await deliver(tx, send, 501)).toBe(120);
      expect(lrs.statements).toHaveLength(120);
    }));

  it("never has two processes send to one target, whoever asks for it", async () => {
    await database.db.transaction((tx) => write(tx, 120));
    const { lrs, send } = await anLrs(database.db);
    const counts = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const taken = await deliver(database.db, send, 1);
        await sendNow(database.db, system, "central", after(1));
        return taken;
      }),
    );
    expect(counts.reduce((a, b) => a + b)).toBe(120);
    expect(lrs.busiest).toBe(1);
    expect(lrs.requests).toBe(3);
    await database.db.update(lrsTarget).set({ active: false });
  });

  it("leaves a failing target's troubles to itself", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const [good, bad] = [await startTarget("good"), await startTarget("bad")];
      bad.lrs.mood = "down";
      await syncTargets(tx, [good.target, bad.target], start);
      const before = (await stateOf(tx, "good"))?.waiting ?? 0;
      await write(tx, 2);
      expect(await deliver(tx, lrsSender([good.target, bad.target]), 1)).toBe(before + 2);
      expect(await stateOf(tx, "good")).toMatchObject({ waiting: 0, lastError: null });
      expect(await stateOf(tx, "bad")).toMatchObject({ waiting: before + 2, lastError: /503/ });
    }));

  describe("whatever the sequence of failures", () => {
    type Step =
      | { do: "write"; own: boolean; verbs: ("asked" | "failed")[]; poison: boolean }
      | { do: "deliver"; moods: Mood[]; seconds: number }
      | { do: "replay" };
    /** What the simulated LRS does with a request: answers, loses it, loses the answer, or the sending process dies. */
    type Mood = "well" | "unreachable" | "forgetful" | "killed";

    const mood = fc.constantFrom<Mood[]>("well", "well", "unreachable", "forgetful", "killed");
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({
        do: fc.constant("write" as const),
        own: fc.boolean(),
        verbs: fc.array(fc.constantFrom("asked" as const, "failed" as const), {
          minLength: 1,
          maxLength: 70,
        }),
        poison: fc.boolean(),
      }),
      fc.record({
        do: fc.constant("deliver" as const),
        moods: fc.array(mood, { maxLength: 4 }),
        seconds: fc.integer({ min: 1, max: 4000 }),
      }),
      fc.record({ do: fc.constant("replay" as const) }),
    );

    it("every statement that passes the filter is delivered or a dead letter, once and in order", async () => {
      const filter: TargetFilter = { origin: "own", verbs: [verbs.asked], activities: [] };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), (steps) =>
          database.rolledBack(async (tx) => {
            await anOrganisation(tx);
            await syncTargets(tx, [{ name: "simulated", endpoint: "https://lrs.example" }], start);
            await filterTo(tx, filter, false, "simulated");
            await tx.update(lrsTarget).set({ cursor: await lastSeq(tx) });
            const expected: string[] = [];
            const poison = new Set<string>();
            const arrived: string[] = [];
            let moods: Mood[] = [];
            const send: Send = (_target, batch) => {
              const now = moods.shift() ?? "well";
              const away: Sent = { ok: false, kind: "unavailable", error: "away" };
              if (now === "unreachable") return Promise.resolve(away);
              if (batch.some((one) => poison.has(one.id)))
                return Promise.resolve({ ok: false, kind: "refused", error: "never" });
              for (const { id } of batch) if (!arrived.includes(id)) arrived.push(id);
              if (now === "killed") return Promise.reject(new Error("killed"));
              return Promise.resolve(now === "forgetful" ? away : { ok: true });
            };
            let seconds = 0;
            const run = async (): Promise<void> => {
              try {
                await deliverDue(tx, send, () => after(seconds), noJitter);
              } catch (error) {
                if (!(error instanceof Error && error.message === "killed")) throw error;
              }
            };
            for (const one of steps) {
              if (one.do === "write") {
                const made = one.verbs.map((verb) => aWildStatement({ verb: { id: verbs[verb] } }));
                await store(tx, made, one.own ? "clause7" : "moodle");
                expected.push(...made.filter((_, i) => one.own && one.verbs[i] === "asked").map((s) => s.id));
                if (one.poison && made[0]) poison.add(made[0].id);
              } else if (one.do === "deliver") {
                seconds += one.seconds;
                moods = [...one.moods];
                await run();
              } else await replayLetters(tx, system, { target: "simulated" }, after(seconds));
            }
            moods = [];
            seconds += 4000;
            await run();
            const letters = await tx
              .select({ id: statement.id, outcome: deadLetter.outcome, retryAt: deadLetter.retryAt })
              .from(deadLetter)
              .innerJoin(statement, eq(statement.seq, deadLetter.seq))
              .where(eq(deadLetter.target, "simulated"))
              .orderBy(asc(deadLetter.seq));
            expect(arrived).toEqual(expected.filter((id) => !poison.has(id)));
            expect(letters).toEqual(
              expected.filter((id) => poison.has(id)).map((id) => ({ id, outcome: null, retryAt: null })),
            );
            const state = await stateOf(tx, "simulated");
            expect(state).toMatchObject({ waiting: 0, delivered: arrived.length, attempts: 0 });
          }),
        ),
        { numRuns: 40 },
      );
    }, 60_000);
  });
});

async function lastSeq(tx: Db): Promise<number> {
  const rows = await tx.select({ seq: statement.seq }).from(statement).orderBy(asc(statement.seq));
  return rows.at(-1)?.seq ?? 0;
}
