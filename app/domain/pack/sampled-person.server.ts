import { and, asc, eq, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { periodStateNames } from "../competence/period-state.ts";
import { evidenceOf } from "../competence/record-evidence.server.ts";
import { page, shown, table } from "./page.ts";
import { type PersonRow, type Standing, requirementsIn, standingsOf } from "./person-page.server.ts";
import type { PackScope } from "./scope.ts";

/** The record of one person as it was known at the end of a scope, to read. */
export async function personPageOf(db: Db, one: PersonRow, scope: PackScope): Promise<string> {
  const asAt = new Date(scope.asAt);
  const requirements = await requirementsIn(db, scope);
  const [standing] = await standingsOf(db, [one], scope, requirements);
  const periods = standing?.periods ?? [];
  const behind = await evidenceOf(
    db,
    periods.map((p) => p.id),
    asAt,
  );
  const parts = periods.map((p) => {
    const { attempts, waivers, grants, statements } = behind(p.id);
    const title = requirements.find((r) => r.slug === p.requirementSlug)?.title ?? p.requirementSlug;
    return `<h2>${shown(title)}, cycle ${p.number}${stateOf(standing, p.id)}</h2>
<p>Assigned ${shown(p.assignedAt)}, due ${shown(p.dueAt)}, completed ${shown(p.completedAt) || "–"}, expires ${shown(p.expiresAt) || "–"}. Registration <code>${shown(p.id)}</code>.</p>
${table(
  "Attempts",
  ["Number", "Started", "Submitted", "Score", "Passed"],
  attempts
    .filter((a) => a.startedAt <= asAt)
    .map((a) => [
      shown(a.number),
      shown(a.startedAt),
      shown(a.submittedAt),
      a.score === null ? "" : `${Math.round(a.score * 100)} %`,
      shown(a.passed),
    ]),
)}${table(
      "Waivers",
      ["Granted", "By", "Last day", "Reason"],
      waivers
        .filter((w) => w.grantedAt <= asAt)
        .map((w) => [shown(w.grantedAt), shown(w.grantedBy), shown(w.lastDay), shown(w.reason)]),
    )}${table(
      "Attempts granted beyond those of the module",
      ["Granted", "By", "Reason"],
      grants
        .filter((g) => g.grantedAt <= asAt)
        .map((g) => [shown(g.grantedAt), shown(g.grantedBy), shown(g.reason)]),
    )}${table(
      "Statements",
      ["At", "What", "Id"],
      statements
        .filter((s) => s.at <= asAt)
        .map((s) => [shown(s.at), shown(s.line), `<code>${shown(s.id)}</code>`]),
    )}`;
  });
  return page(
    `Record: ${one.name}`,
    `<p>${shown(one.title)}, ${shown(one.department)}, ${shown(one.location)}. Person ${shown(one.id)}, pseudonym <code>${shown(one.pseudonym)}</code>. As known at ${shown(asAt)}.</p>
${parts.join("")}<h2>Certificates</h2>${await certificatesTable(db, one.id, periods, asAt)}<h2>Policies acknowledged</h2>${await policiesTable(db, one.id, asAt)}`,
  );
}

function stateOf(standing: Standing | undefined, periodId: string): string {
  const cell = standing?.cells.find((one) => one.period.id === periodId);
  return cell ? `: ${periodStateNames[cell.state]}` : "";
}

async function certificatesTable(
  db: Db,
  personId: string,
  periods: readonly { id: string }[],
  asAt: Date,
): Promise<string> {
  const rows = await db
    .select({ certificate, revoked: certificateRevocation })
    .from(certificate)
    .leftJoin(
      certificateRevocation,
      and(
        eq(certificateRevocation.certificateId, certificate.id),
        lte(certificateRevocation.revokedAt, asAt),
      ),
    )
    .where(and(eq(certificate.personId, personId), lte(certificate.issuedAt, asAt)))
    .orderBy(asc(certificate.issuedAt));
  return table(
    "Certificates",
    ["Title", "Code", "Issued", "Expires as printed", "Revoked"],
    rows
      .filter((row) => periods.some((p) => p.id === row.certificate.registration))
      .map(({ certificate: c, revoked }) => [
        shown(c.title),
        shown(c.code),
        shown(c.issuedAt),
        shown(c.expiresAt),
        revoked ? `${shown(revoked.revokedAt)}: ${shown(revoked.reason)}` : "",
      ]),
  );
}

async function policiesTable(db: Db, personId: string, asAt: Date): Promise<string> {
  const rows = await db
    .select({ title: policyVersion.title, version: policyVersion.version, at: acknowledgement.at })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(and(eq(acknowledgement.personId, personId), lte(acknowledgement.at, asAt)))
    .orderBy(asc(acknowledgement.at));
  return table(
    "Policies",
    ["Policy", "Version", "Acknowledged"],
    rows.map((row) => [shown(row.title), shown(row.version), shown(row.at)]),
  );
}
