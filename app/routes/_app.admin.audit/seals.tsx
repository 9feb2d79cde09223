import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useList, useT } from "#app/i18n/use-t.tsx";

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
  const t = useT();
  return (
    <section aria-labelledby="seals" className="mb-10">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 max-w-3xl">
          <h2 id="seals" className="text-xl">
            {t("Seals")}
          </h2>
          <p className="text-muted mt-1 text-pretty">
            {t(
              "Every hour a seal is put on the statements and events stored since the last: the root of a Merkle tree over them, signed. With the evidence and the public key anybody can tell, without this server, whether a single letter was changed since.",
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-3">
          <ButtonAnchor look="secondary" href="/admin/audit/evidence.jsonl" download>
            {t("Export the evidence")}
          </ButtonAnchor>
          {seals.length > 0 ? (
            <ButtonAnchor look="secondary" href="/admin/audit/seal-key.pem" download>
              {t("Public key")}
            </ButtonAnchor>
          ) : null}
        </div>
      </div>
      <Standing {...unsealed} />
      {seals.length === 0 ? (
        <EmptyState title={newest ? t("No seal yet") : t("No seal here")}>
          {newest
            ? t("The first one is made within a minute of the first start.")
            : t("You have reached the first seal.")}
        </EmptyState>
      ) : (
        <ol className="space-y-2" aria-label={t("Seals")}>
          {seals.map((seal) => (
            <SealRow key={seal.number} seal={seal} />
          ))}
        </ol>
      )}
      {next === null && newest ? null : (
        <nav aria-label={t("Pages of seals")} className="mt-4 flex flex-wrap justify-between gap-4">
          {newest ? (
            <span />
          ) : (
            <ButtonLink look="secondary" to="/admin/audit">
              {t("Newest seals")}
            </ButtonLink>
          )}
          {next === null ? null : (
            <ButtonLink look="secondary" to={`/admin/audit?seals-before=${next}`}>
              {t("Older seals")}
            </ButtonLink>
          )}
        </nav>
      )}
    </section>
  );
}

function Standing({ statements, events }: Count) {
  const t = useT();
  const list = useList();
  const parts = [
    ...(statements > 0 ? [t("{{count}} statements", { count: statements })] : []),
    ...(events > 0 ? [t("{{count}} events", { count: events })] : []),
  ];
  return (
    <p className="mb-4 text-sm">
      {parts.length === 0
        ? t("Everything stored is sealed.")
        : t("Not sealed yet: {{what}}. The next seal covers them.", { what: list(parts) })}
    </p>
  );
}

function SealRow({ seal }: { seal: SealEntry }) {
  const t = useT();
  const { statements, events, ...record } = seal;
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="font-medium">{t("Seal {{number}}", { number: seal.number })}</span>
          <span className="text-muted">
            {" "}
            · {t("{{count}} statements", { count: statements })}, {t("{{count}} events", { count: events })}
          </span>
        </p>
        <p className="text-muted text-sm">
          <Moment at={seal.at.toISOString()} />
        </p>
      </div>
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          {t("Root {{root}}… · key {{key}}…", {
            root: seal.root.slice(0, 16),
            key: seal.keyId.slice(0, 16),
          })}
        </summary>
        <pre lang="en" className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {JSON.stringify(record, null, 2)}
        </pre>
      </details>
    </Card>
  );
}

/** What verifying the seals found. */
export function SealVerification({ seals, fault }: { seals: number; fault: string | null }) {
  const t = useT();
  if (fault !== null)
    return (
      <Notice tone="bad" role="alert" title={t("The seals do not hold")}>
        <span lang="en">{fault}</span>{" "}
        {seals === 0
          ? t("Keep the database as it is, take a copy, and compare it with your newest backup.")
          : t(
              "The {{count}} seals before it hold. Keep the database as it is, take a copy, and compare it with your newest backup.",
              { count: seals },
            )}
      </Notice>
    );
  if (seals === 0) return null;
  return (
    <Notice tone="good" role="status" title={t("All {{count}} seals hold", { count: seals })}>
      <Rich
        text="Signatures and sequence were verified just now. Whether every statement still fits its seal is told by <store/>, or away from this server by <evidence/> on the exported evidence."
        elements={{
          store: <code className="font-mono">{"npm run verify-store"}</code>,
          evidence: <code className="font-mono">{"npm run verify-evidence"}</code>,
        }}
      />
    </Notice>
  );
}
