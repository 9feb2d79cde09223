import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Db } from "#db/client.server.ts";
import { auditEvent, seal } from "#db/schema/audit.ts";
import { statement } from "#db/schema/lrs.ts";
import { checkProof, parseProof } from "#app/domain/audit/proof.ts";
import { evidenceCheck, parseEvidenceLine } from "#app/domain/audit/evidence-file.ts";
import { reportLines } from "#app/domain/audit/evidence-report.ts";
import { publicKeysIn } from "#app/domain/audit/seal.ts";
import { sealNew } from "#app/domain/audit/seal.server.ts";
import { loader as auditLoader } from "#app/routes/_app.admin.audit/route.tsx";
import { loader as evidenceLoader } from "#app/routes/_app.admin.audit_.evidence[.]jsonl.ts";
import { loader as keyLoader } from "#app/routes/_app.admin.audit_.seal-key[.]pem.ts";
import { loader as proofLoader } from "#app/routes/_app.admin.audit_.proof.$statementId[.]json.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, services } from "#test/door.ts";
import { aSigner, numbered, storeEvents, storeStatements } from "#test/evidence.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T10:00:00Z");
const signer = aSigner();

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  await aPerson(tx, { id: "p-mila", roles: ["employee", "manager", "reviewer", "author"] });
  await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"] });
  await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"] });
  await aPerson(tx, { id: "p-sofia", roles: ["employee", "admin"] });
  return services(tx, now);
}

type Context = Awaited<ReturnType<typeof aWorld>>;
type Door = (args: LoaderFunctionArgs) => Promise<Response>;

/** The file that an auditor is given. */
async function fileOf(door: Door, context: Context, params: Record<string, string> = {}): Promise<Response> {
  const headers = { cookie: await cookieFor(context, "p-august") };
  return door({ request: new Request("http://localhost:3000/x", { headers }), params, context });
}

onBothEngines("seals", (database) => {
  it("are for auditors and administrators alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await storeStatements(tx, 1, 2, now);
      await sealNew(tx, signer, now);
      const params = { statementId: numbered(1) };
      for (const loader of [auditLoader, evidenceLoader, keyLoader, proofLoader]) {
        const statusOf = async (as: string | null) =>
          (await open(loader, context, "/admin/audit", { as, params })).status;
        expect([await statusOf("p-mila"), await statusOf("p-dana"), await statusOf(null)]).toEqual([
          403, 403, 302,
        ]);
        expect([await statusOf("p-august"), await statusOf("p-sofia")]).toEqual([200, 200]);
      }
      const taken = await tx.select().from(auditEvent).where(eq(auditEvent.type, "evidence.exported"));
      expect(taken.map((event) => event.actorId)).toEqual(["p-august", "p-sofia"]);
    }));

  it("prove statements that tell keys to auditors by their hash, and to administrators in full", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await storeStatements(tx, 1, 3, now);
      const [told] = await tx.select().from(statement).where(eq(statement.seq, 2));
      const body = told?.body.replace(/}$/, ',"correctResponsesPattern":["a secret"]}') ?? "";
      await tx.update(statement).set({ body, size: body.length }).where(eq(statement.seq, 2));
      await sealNew(tx, signer, now);
      const read = async (door: Door, as: string) => {
        const request = new Request("http://localhost:3000/x", {
          headers: { cookie: await cookieFor(context, as) },
        });
        return (await door({ request, params: { statementId: numbered(2) }, context })).text();
      };
      for (const [as, shown] of [
        ["p-august", false],
        ["p-sofia", true],
      ] as const) {
        const file = await read(evidenceLoader, as);
        expect(file.includes("a secret")).toBe(shown);
        const check = evidenceCheck();
        for (const [i, text] of file.trimEnd().split("\n").entries()) {
          const parsed = parseEvidenceLine(text, i + 1);
          if (!parsed.ok) throw new Error(parsed.fault);
          check.take(parsed.line);
        }
        const report = check.report();
        expect(report).toMatchObject({ fault: null, sealed: { statements: 3 }, withheld: shown ? 0 : 1 });
        expect(reportLines(report, true).join(" ").includes("holds an answer key")).toBe(!shown);

        const text = await read(proofLoader, as);
        expect(text.includes("a secret")).toBe(shown);
        const proof = parseProof(text);
        if (!proof.ok) throw new Error(proof.fault);
        expect(checkProof(proof.proof)).toMatchObject({ ok: true });
        const { statement: named } = proof.proof;
        const other = { ...proof.proof, statement: { ...named, leaf: "0".repeat(64) } };
        if (!shown) expect(checkProof(other)).toMatchObject({ ok: false });
      }
    }));

  it("are shown newest first, with what is not sealed yet and whether they hold", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      type Page = Awaited<ReturnType<typeof auditLoader>>;
      const page = async (search = "") =>
        (await open<Page>(auditLoader, context, `/admin/audit${search}`, { as: "p-august" })).body;
      expect((await page()).seals).toEqual({
        seals: [],
        next: null,
        newest: true,
        unsealed: { statements: 0, events: 0 },
      });
      expect((await page("?verify")).sealCheck).toEqual({ seals: 0, fault: null });
      for (let i = 0; i < 12; i++) {
        await storeStatements(tx, i * 2 + 1, i * 2 + 2, now);
        if (i % 2 === 0) await storeEvents(tx, 3, now);
        await sealNew(tx, signer, now);
      }
      await storeStatements(tx, 25, 29, now);
      const first = await page();
      expect(first.sealCheck).toBeNull();
      expect(first.seals?.unsealed).toEqual({ statements: 5, events: 0 });
      expect(first.seals?.seals.map((one) => one.number)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
      expect(first.seals?.seals.slice(0, 2)).toMatchObject([
        { statements: 2, events: 0 },
        { statements: 2, events: 3 },
      ]);
      const second = await page(`?seals-before=${first.seals?.next}`);
      expect(second.seals).toMatchObject({ next: null, newest: false });
      expect(second.seals?.seals).toMatchObject([
        { number: 2, statements: 2, events: 0 },
        { number: 1, statements: 2, events: 3 },
      ]);
      expect((await page("?before=3")).seals).toBeNull();
      expect((await page("?verify")).sealCheck).toEqual({ seals: 12, fault: null });
      await tx
        .update(seal)
        .set({ root: "0".repeat(64) })
        .where(eq(seal.number, 7));
      expect((await page("?verify")).sealCheck).toEqual({
        seals: 6,
        fault: "Seal 7 was changed: its hash does not fit its fields.",
      });
    }));

  it("are taken along as evidence that holds, with the event that says so", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await storeStatements(tx, 1, 450, now);
      await storeEvents(tx, 2, now);
      await sealNew(tx, signer, now);
      const response = await fileOf(evidenceLoader, context);
      expect(response.headers.get("content-disposition")).toContain('filename="evidence-2026-11-24.jsonl"');
      const check = evidenceCheck();
      for (const [i, text] of (await response.text()).trimEnd().split("\n").entries()) {
        const parsed = parseEvidenceLine(text, i + 1);
        if (!parsed.ok) throw new Error(parsed.fault);
        check.take(parsed.line);
      }
      expect(check.report()).toMatchObject({
        fault: null,
        sealed: { statements: 450, events: 2 },
        unsealed: { statements: 0, events: 1 },
      });
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "evidence.exported"));
      expect(event).toMatchObject({ actorId: "p-august", data: { statements: 450, events: 2, seals: 1 } });
    }));

  it("bring their public keys, once there are any", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      expect(await open(keyLoader, context, "/x", { as: "p-august" })).toMatchObject({ status: 404 });
      await storeStatements(tx, 1, 1, now);
      await sealNew(tx, signer, now);
      const text = await (await fileOf(keyLoader, context)).text();
      expect(publicKeysIn(text)).toEqual([signer.publicKey]);
      expect(text).toContain(`SHA-256 fingerprint ${signer.keyId}`);
    }));

  it("prove a statement that is sealed, and say why another cannot be proven", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      await storeStatements(tx, 1, 5, now);
      await sealNew(tx, signer, now);
      await storeStatements(tx, 6, 6, now);
      const response = await fileOf(proofLoader, context, { statementId: numbered(3) });
      const read = parseProof(await response.text());
      if (!read.ok) throw new Error(read.fault);
      expect(checkProof(read.proof)).toMatchObject({ ok: true });
      expect(read.proof.statement.id).toBe(numbered(3));

      const refusal = async (statementId: string) => {
        const thrown: unknown = await fileOf(proofLoader, context, { statementId }).catch(
          (error: unknown) => error,
        );
        if (!(thrown instanceof Response)) throw new Error("no refusal");
        return [thrown.status, await thrown.text()];
      };
      expect(await refusal(numbered(9))).toEqual([404, "Not found"]);
      expect(await refusal("nonsense")).toEqual([404, "Not found"]);
      expect(await refusal(numbered(6))).toEqual([
        409,
        "This statement is not sealed yet. Seals are made every hour; come back after the next one.",
      ]);
      await tx.update(statement).set({ body: "{}" }).where(eq(statement.seq, 2));
      expect((await refusal(numbered(3)))[0]).toBe(409);
    }));
});
