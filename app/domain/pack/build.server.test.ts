import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { aSigner } from "#test/evidence.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { changes, faultOf } from "#test/pack-changes.ts";
import { unzip } from "#test/unzip.ts";
import { ladderIn } from "../../../scripts/pack-tools.ts";
import { verifyPack } from "../../../scripts/verify-pack.mjs";
import { buildPack, type Workshop } from "./build.server.ts";
import { packScope } from "./scope.ts";
import type { PackOrder } from "./section.ts";
import { drawNew } from "./sample.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const signer = aSigner();
const folder = mkdtempSync(join(tmpdir(), "clause7-pack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const verifier = readFileSync("scripts/verify-pack.mjs", "utf8");
const module = aModule();

const workshop = (name: string, progress?: Workshop["progress"]): Workshop => ({
  folder: join(folder, `${name}.parts`),
  out: join(folder, `${name}.zip`),
  verifier,
  product: "0.1.0",
  reminders: ladderIn("content"),
  ...(progress ? { progress } : {}),
});

/** Two departments: Mila is competent, Dana overdue, Omar works elsewhere. */
async function aWorld(db: Db) {
  await anOrganisation(db);
  const mila = await aPerson(db, { id: "p-mila", name: "Mila Janssen", department: "Support" });
  await aPerson(db, { id: "p-dana", name: "=Dana", department: "Support" });
  const omar = await aPerson(db, { id: "p-omar", name: "Omar Haddad", department: "Sales" });
  const august = actorFor(
    await aPerson(db, { id: "p-august", name: "August Berg", roles: ["employee", "auditor"], audiences: [] }),
  );
  await aCourse(db, daysAgo(80), module);
  await sitAssessment(db, actorFor(mila), module, 1, daysAgo(20));
  await sitAssessment(db, actorFor(omar), module, 1, daysAgo(20));
  return { august, mila };
}

function orderOf(departments: string[] = [], keys = true): Omit<PackOrder, "lastSeal"> {
  const scope = packScope(
    { departments, requirements: [], from: "2026-01-01", until: "2026-12-31" },
    null,
    { keys, samples: "own" },
    now,
  );
  if (!scope) throw new Error("no scope");
  return { id: "order", scope, requestedBy: { id: "p-august", name: "August Berg" }, madeAt: now };
}

onBothEngines("an audit pack", (database) => {
  it("shows each clause, holds people to the scope, and is verified with plain Node", () =>
    database.rolledBack(async (db) => {
      const { august } = await aWorld(db);
      const drawn = await drawNew(
        db,
        august,
        {
          purpose: "Spot check",
          department: "Support",
          requirement: null,
          state: null,
          asAt: "2026-11-24",
          size: 1,
          seed: "42",
        },
        now,
      );
      expect(drawn.ok).toBe(true);
      const tools = workshop(`whole-${database.engine}`);
      const later = { ...orderOf(["Support"]), madeAt: new Date(now.getTime() + 1000) };
      const built = await buildPack(
        db,
        signer,
        { ...later, scope: { ...later.scope, asAt: later.madeAt.toISOString() } },
        tools,
      );
      expect(built).toMatchObject({ people: 2 });
      const files = unzip(readFileSync(tools.out));
      const competence = files["7.2-b-d/competence.csv"] ?? "";
      expect(competence).toContain("Mila Janssen");
      expect(competence).toContain("Overdue");
      expect(competence).toContain("'=Dana");
      const all = Object.values(files).join("\n");
      expect(all).not.toContain("Omar");
      expect(files["7.3/not-acknowledged.csv"]).toContain("p-dana");
      expect(files["7.3/not-acknowledged.csv"]).not.toContain("p-mila");
      expect(files["7.5/policies/ai-policy-1.0.md"]).toContain("We use AI with care.");
      expect(files["README.html"]).toContain("7.2 c)");
      expect(Object.keys(files).filter((path) => path.startsWith("samples/people/"))).toHaveLength(1);
      const { ok, lines } = await verifyPack(tools.out, { fingerprint: signer.keyId });
      expect(lines.join("\n")).toMatch(
        /The pack is whole[\s\S]*which you named[\s\S]*Merkle[\s\S]*pseudonyms[\s\S]*1 random sample/,
      );
      expect(ok).toBe(true);
      expect((await verifyPack(tools.out, { fingerprint: "00" })).ok).toBe(false);
    }));

  it("keeps right answers out where it must", () =>
    database.rolledBack(async (db) => {
      await aWorld(db);
      const tools = workshop(`keys-${database.engine}`);
      await buildPack(db, signer, orderOf([], false), tools);
      const evidence = unzip(readFileSync(tools.out))["evidence/sealed-0001.jsonl"] ?? "";
      expect(evidence).not.toContain("correctResponsesPattern");
      expect(evidence).toContain("answer key");
      expect((await verifyPack(tools.out)).ok).toBe(true);
    }));

  it("goes on where it was ended, and comes out the same", () =>
    database.rolledBack(async (db) => {
      await aWorld(db);
      const [straight, ended] = [
        workshop(`straight-${database.engine}`),
        workshop(`ended-${database.engine}`),
      ];
      await buildPack(db, signer, orderOf(), straight);
      let most = 0;
      const stop = async (done: number): Promise<void> => {
        if (done === 12) throw new Error("ended");
      };
      await expect(buildPack(db, signer, orderOf(), { ...ended, progress: stop })).rejects.toThrow("ended");
      const journal = join(ended.folder, "journal.jsonl");
      // The last line may have been cut off.
      writeFileSync(journal, `${readFileSync(journal, "utf8")}{"path":"7.2`);
      const first: number[] = [];
      await buildPack(db, signer, orderOf(), {
        ...ended,
        progress: async (done, total) => {
          first.push(done);
          most = total;
        },
      });
      expect(most).toBeGreaterThan(20);
      expect(readFileSync(ended.out).equals(readFileSync(straight.out))).toBe(true);
    }));

  it("names what was changed, whatever byte it is", { timeout: 120_000 }, () =>
    database.rolledBack(async (db) => {
      await aWorld(db);
      const tools = workshop("changed");
      await buildPack(db, signer, orderOf(), tools);
      const whole = readFileSync(tools.out);
      const faults: string[] = [];
      for (const [i, one] of changes(whole).entries()) {
        const fault = await faultOf(tools.out, one, i);
        if (fault) faults.push(fault);
      }
      expect(faults).toEqual([]);
      for (const [bytes, said] of [
        [whole.subarray(0, whole.length - 1), "directory"],
        [Buffer.concat([whole, Buffer.from("x")]), "directory"],
        [Buffer.concat([Buffer.from("x"), whole]), "directory"],
      ] as const) {
        writeFileSync(tools.out, bytes);
        const { ok, lines } = await verifyPack(tools.out);
        expect([ok, lines.join(" ")]).toEqual([false, expect.stringContaining(said)]);
      }
    }),
  );
});
