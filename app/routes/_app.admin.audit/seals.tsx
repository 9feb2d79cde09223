import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, Notice } from "#app/components/ui/surface.tsx";

/** A seal as the page shows it. */
type SealEntry = {
  number: number;
  at: Date;
  statements: number;
  events: number;
  statementSeq: number;
  auditSeq: number;
  size: number;
  root: string;
  prevHash: string;
  keyId: string;
  hash: string;
  signature: string;
};

type Count = { statements: number; events: number };

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;

/** The seals, newest first, with what one can take along to verify them elsewhere. */
export function Seals({
  seals,
  next,
  newest,
  unsealed,
}: {
  seals: readonly SealEntry[];
  next: number | null;
  /** Whether these are the newest ones. */
  newest: boolean;
  unsealed: Count;
}) {
  return (
    <section aria-labelledby="seals" className="mb-10">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 max-w-3xl">
          <h2 id="seals" className="text-xl">
            Seals
          </h2>
          <p className="text-muted mt-1 text-pretty">
            Every hour a seal is put on the statements and events stored since the last: the root of a Merkle
            tree over them, signed. With the evidence and the public key anybody can tell, without this
            server, whether a single letter was changed since.
          </p>
        </div>
        <div className="flex flex-wrap gap-3">
          <ButtonAnchor look="secondary" href="/admin/audit/evidence.jsonl" download>
            Export the evidence
          </ButtonAnchor>
          {seals.length > 0 ? (
            <ButtonAnchor look="secondary" href="/admin/audit/seal-key.pem" download>
              Public key
            </ButtonAnchor>
          ) : null}
        </div>
      </div>
      <p className="mb-4 text-sm">{standing(unsealed)}</p>
      {seals.length === 0 ? (
        <EmptyState title={newest ? "No seal yet" : "No seal here"}>
          {newest
            ? "The first one is made within a minute of the first start."
            : "You have reached the first seal."}
        </EmptyState>
      ) : (
        <ol className="space-y-2" aria-label="Seals">
          {seals.map((seal) => (
            <SealRow key={seal.number} seal={seal} />
          ))}
        </ol>
      )}
      {next === null && newest ? null : (
        <nav aria-label="Pages of seals" className="mt-4 flex flex-wrap justify-between gap-4">
          {newest ? (
            <span />
          ) : (
            <ButtonLink look="secondary" to="/admin/audit">
              Newest seals
            </ButtonLink>
          )}
          {next === null ? null : (
            <ButtonLink look="secondary" to={`/admin/audit?seals-before=${next}`}>
              Older seals
            </ButtonLink>
          )}
        </nav>
      )}
    </section>
  );
}

function standing({ statements, events }: Count): string {
  if (statements + events === 0) return "Everything stored is sealed.";
  const parts = [
    ...(statements > 0 ? [counted(statements, "statement")] : []),
    ...(events > 0 ? [counted(events, "event")] : []),
  ];
  return `Not sealed yet: ${parts.join(" and ")}. The next seal covers them.`;
}

function SealRow({ seal }: { seal: SealEntry }) {
  const { statements, events, ...record } = seal;
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="font-medium">Seal {seal.number}</span>
          <span className="text-muted">
            {" "}
            · {counted(statements, "statement")}, {counted(events, "event")}
          </span>
        </p>
        <p className="text-muted text-sm">
          <Moment at={seal.at.toISOString()} />
        </p>
      </div>
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          Root {seal.root.slice(0, 16)}… · key {seal.keyId.slice(0, 16)}…
        </summary>
        <pre className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify(record, null, 2)}
        </pre>
      </details>
    </Card>
  );
}

/** What verifying the seals found. */
export function SealVerification({ seals, fault }: { seals: number; fault: string | null }) {
  if (fault !== null)
    return (
      <Notice tone="bad" role="alert" title="The seals do not hold">
        {fault} {seals === 0 ? "" : `The ${counted(seals, "seal")} before it hold. `}Keep the database as it
        is, take a copy, and compare it with your newest backup.
      </Notice>
    );
  if (seals === 0) return null;
  return (
    <Notice
      tone="good"
      role="status"
      title={seals === 1 ? "The seal holds" : `All ${counted(seals, "seal")} hold`}
    >
      Signatures and sequence were verified just now. Whether every statement still fits its seal is told by{" "}
      <code className="font-mono">npm run verify-store</code>, or away from this server by{" "}
      <code className="font-mono">npm run verify-evidence</code> on the exported evidence.
    </Notice>
  );
}
