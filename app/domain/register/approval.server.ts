import type { Db } from "#db/client.server.ts";
import { approval } from "#db/schema/register.ts";
import type { AuditEntry } from "../audit/event.ts";
import type { Approval } from "./approval.ts";

/** Stores an approval that a decided case gives, in the caller's transaction; answers the audit entry to record. */
export async function grantApproval(tx: Db, granted: Approval): Promise<AuditEntry> {
  await tx.insert(approval).values({ ...granted, withdrawnAt: null });
  return {
    type: "approval.granted",
    subjectType: "approval",
    subjectId: granted.id,
    data: { system: granted.systemSlug, caseId: granted.caseId, reviewOn: granted.reviewOn },
  };
}
