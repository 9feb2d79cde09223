import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { type Db, rowsOf } from "#db/client.server.ts";
import { basis, basisEvent, proofFile } from "#db/schema/basis.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { eraseCategories } from "../evidence/erasure.server.ts";
import type { Actor } from "../people/permission.ts";
import { personalData } from "./personal-data.server.ts";

const now = new Date("2026-11-24T09:00:00Z");

/** Tables that name a person, each with the file of the export that tells what it holds of somebody. */
const exported: Record<string, string> = {
  accommodation: "accommodations",
  acknowledgement: "acknowledgements",
  api_key: "keys",
  attempt: "attempts",
  attempt_grant: "attempt-grants",
  audit_event: "acts",
  basis: "proofs",
  basis_event: "proof-decisions",
  case_event: "cases",
  certificate: "certificates",
  concern: "concerns",
  corrective_action: "corrective-actions",
  corrective_action_event: "corrective-actions",
  corrective_action_member: "corrective-actions",
  erasure_request: "erasure",
  evidence_hold: "holds",
  leave: "leave",
  legacy_record: "earlier-records",
  message: "mails",
  model_use: "model-use",
  naming: "namings",
  notice: "notices",
  notice_preference: "notice-choices",
  period: "periods",
  person: "identity",
  person_system: "systems",
  person_version: "identity-versions",
  policy_check_try: "policy-checks",
  practice: "practices",
  proof_file: "proof-files",
  question: "questions",
  question_feedback: "feedback",
  question_notice: "changed-answers",
  question_share: "shares",
  refused_address: "refused-address",
  review_case: "cases",
  saved_view: "saved-views",
  session: "sessions",
  waiver: "waivers",
};

const work = "work for the organisation: that it was done, by whom and when, is among the acts";
/** Tables that name a person and are not in the export, each with the reason. */
const kept: Record<string, string> = {
  approval: work,
  audit_seat: "seats are for people from outside, who have no export; inviting one is among the acts",
  bulk_action: work,
  bulk_item: "what it did to somebody stands with their periods, waivers and notices",
  certificate_revocation: "what was revoked stands with the certificates; revoking is among the acts",
  concern_event: work,
  credential: "a password's hash would help nobody but a thief",
  dead_letter: work,
  evaluation_criterion: work,
  evaluation_follow_up: work,
  evaluation_verdict: work,
  legacy_import: work,
  lrs_credential: work,
  mail_setting: work,
  management_review: work,
  module_draft: work,
  pack_job: work,
  policy_version: "who owns a policy stands on it for all to read",
  requirement_run: work,
  requirement_version: work,
  retraining: work,
  sample_draw: work,
};

/** Columns that name somebody without a foreign key. */
const naming =
  /^(.*_by|actor_id|author|approver|(.*_)?(person|owner|requester|reporter|recipient|manager)_id)$/;

async function tablesNamingPeople(tx: Db): Promise<string[]> {
  const columns = rowsOf<{ table: string; column: string }>(
    await tx.execute(sql`select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and data_type = 'text'`),
  );
  const references = rowsOf<{ table: string }>(
    await tx.execute(sql`select distinct c.conrelid::regclass::text as table from pg_constraint c
      where c.contype = 'f' and c.confrelid = 'person'::regclass`),
  );
  const named = columns.filter((one) => naming.test(one.column)).map((one) => one.table);
  return [...new Set([...named, ...references.map((one) => one.table)])].toSorted();
}

async function exportOf(tx: Db, of: Actor): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for await (const file of personalData(tx, of, now))
    files.set(file.path, "text" in file ? file.text : file.bytes);
  return files;
}

onBothEngines("an export of personal data", (database) => {
  it("tells of every table that names a person, but for those with a reason not to", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const ann = actorFor(await aPerson(tx, { id: "p-ann" }));
      const tables = await tablesNamingPeople(tx);
      expect(tables.filter((one) => !(one in exported) && !(one in kept))).toEqual([]);
      expect([...Object.keys(exported), ...Object.keys(kept)].filter((one) => !tables.includes(one))).toEqual(
        [],
      );
      const files = await exportOf(tx, ann);
      const missing = Object.values(exported).filter((file) => !files.has(`${file}.json`));
      expect(missing).toEqual([]);
    }));

  it("holds the files of proofs until they are erased, which leaves what was decided", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const ann = actorFor(await aPerson(tx, { id: "p-ann" }));
      const [fileId, basisId] = [randomUUID(), randomUUID()];
      await tx.insert(proofFile).values({
        id: fileId,
        sha256: "0".repeat(64),
        type: "image/png",
        name: "Diploma of Ann.png",
        size: 3,
        content: Uint8Array.from([1, 2, 3]),
        uploadedBy: "p-ann",
        uploadedAt: now,
      });
      await tx.insert(basis).values({
        id: basisId,
        personId: "p-ann",
        kind: "education",
        title: "MSc",
        issuer: "TU Delft",
        obtainedOn: "2020-01-01",
        proofFileId: fileId,
        note: "",
        submittedBy: "p-ann",
        submittedAt: now,
      });
      const event = { id: randomUUID(), basisId, position: 1, kind: "approved" as const };
      await tx.insert(basisEvent).values({ ...event, actorId: "p-hr", at: now, note: "Seen the diploma." });
      const path = `proofs/${fileId}.png`;
      const before = await exportOf(tx, ann);
      expect([...(before.get(path) ?? [])]).toEqual([1, 2, 3]);
      expect(before.get("proof-decisions.json")).toContain("Seen the diploma.");
      await eraseCategories(tx, "p-ann", ["proofs"], now);
      const after = await exportOf(tx, ann);
      expect(after.has(path)).toBe(false);
      expect(after.get("proof-files.json")).not.toContain("Diploma");
      expect(after.get("proof-decisions.json")).toContain("approved");
    }));
});
