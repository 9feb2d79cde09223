import { and, asc, eq, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { periodStateNames } from "../competence/period-state.ts";
import { evidenceOf } from "../competence/record-evidence.server.ts";
import type { ProofType } from "../competence/proof-file.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { basesKnown, basisColumns, type Ground, groundsOf } from "./basis.server.ts";
import { waiversKnown } from "./known.server.ts";
import { factsTable, linkTo, page, shown, table } from "./page.ts";
import { type PersonRow, type Standing, standingsOf } from "./person-page.server.ts";
import { requirementsIn } from "./requirement-version.server.ts";
import type { PackScope } from "./scope.ts";
import { clauses } from "./section.ts";

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
  const waiversBy = await waiversKnown(
    db,
    periods.map((p) => p.id),
    asAt,
  );
  const groundOf = await groundsOf(db, periods, asAt);
  const parts = periods.map((p) => {
    const { attempts, grants, statements } = behind(p.id);
    const waivers = waiversBy.get(p.id) ?? [];
    const title = requirements.find((r) => r.slug === p.requirementSlug)?.title ?? p.requirementSlug;
    return `<h2>${shown(title)}, cycle ${p.number}${stateOf(standing, p.id)}</h2>
<p>Assigned ${shown(p.assignedAt)}, due ${lastDayUntil(p.dueAt, one.timeZone)}, completed ${shown(p.completedAt) || "–"}, expires ${p.expiresAt ? lastDayUntil(p.expiresAt, one.timeZone) : "–"}. Registration <code>${shown(p.id)}</code>.${groundHtml(groundOf(p))}${endHtml(p)}</p>
${table(
  "Attempts",
  ["Number", "Started", "Submitted", "Score", "Passed"],
  attempts
    .filter((a) => a.startedAt <= asAt)
    .map((a) => [
      shown(a.number),
      shown(a.startedAt),
      ...(a.submittedAt !== null && a.submittedAt <= asAt
        ? [shown(a.submittedAt), a.score === null ? "" : `${Math.round(a.score * 100)} %`, shown(a.passed)]
        : ["", "", ""]),
    ]),
)}${table(
      "Waivers",
      ["Granted", "By", "Last day", "Reason", "Ended before", "Why"],
      waivers.map((w) =>
        [w.grantedAt, w.grantedBy, w.lastDay, w.reason, w.ended?.at, w.ended?.reason].map(shown),
      ),
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
  const bases = await basesKnown(db, [one.id], scope);
  return page(
    `Record: ${one.name}`,
    `<p>${shown(one.title)}, ${shown(one.department)}, ${shown(one.location)}. Person ${shown(one.id)}, pseudonym <code>${shown(one.pseudonym)}</code>. As known at ${shown(asAt)}.</p>
${parts.join("")}<h2>Certificates</h2>${await certificatesTable(db, one, periods, asAt)}<h2>Education, training and experience</h2>${basesHtml(bases, one.id)}<h2>Policies acknowledged</h2>${await policiesTable(db, one.id, asAt)}`,
  );
}

function groundHtml(ground: Ground | null): string {
  if (!ground) return "";
  const by =
    ground.decidedBy === null ? "" : ` Approved by ${shown(ground.decidedBy)}, ${shown(ground.decidedAt)}.`;
  const hash = ground.sha256 === null ? "" : ` SHA-256 <code>${shown(ground.sha256)}</code>.`;
  return `<br>Basis: ${shown([ground.words, ground.what].filter((part) => part !== "").join("; "))}.${by}${hash}`;
}

const endHtml = ({ endedAt, endedReason }: Standing["periods"][number]): string =>
  endedAt === null ? "" : `<br>No longer asked since ${shown(endedAt)}: ${shown(endedReason)}.`;

/** Where the proof of a basis lies in a pack that holds the record of its person. */
export const proofPath = (personId: string, proof: { id: string; type: ProofType }): string =>
  `${clauses.samples.folder}/people/${personId}/proof-${proof.id}.${endings[proof.type]}`;
const endings: Record<ProofType, string> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
};

function basesHtml(bases: Awaited<ReturnType<typeof basesKnown>>, personId: string): string {
  if (bases.length === 0) return "<p>Nothing was submitted.</p>";
  const from = `${clauses.samples.folder}/people/${personId}.html`;
  return bases
    .map(({ cells, proof }) => {
      const file = proof ? `<p>${linkTo(proofPath(personId, proof), from, "The proof")}</p>` : "";
      return `${factsTable("What was submitted, and what was decided about it", basisColumns, cells)}${file}`;
    })
    .join("");
}

function stateOf(standing: Standing | undefined, periodId: string): string {
  const cell = standing?.cells.find((one) => one.period.id === periodId);
  return cell ? `: ${periodStateNames[cell.state]}` : "";
}

async function certificatesTable(
  db: Db,
  { id: personId, timeZone }: PersonRow,
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
        lastDayUntil(c.expiresAt, timeZone),
        revoked ? `${shown(revoked.revokedAt)}: ${shown(revoked.reason)}` : "",
      ]),
  );
}

async function policiesTable(db: Db, personId: string, asAt: Date): Promise<string> {
  const rows = await db
    .select({
      title: policyVersion.title,
      version: policyVersion.version,
      at: acknowledgement.at,
      tries: acknowledgement.tries,
    })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(and(eq(acknowledgement.personId, personId), lte(acknowledgement.at, asAt)))
    .orderBy(asc(acknowledgement.at));
  return table(
    "Policies",
    ["Policy", "Version", "Acknowledged", "Tries at its check"],
    rows.map((row) => [row.title, row.version, row.at, row.tries].map(shown)),
  );
}
