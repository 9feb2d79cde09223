import { Link, useLoaderData } from "@remix-run/react";
import { BasisBadge } from "#app/components/basis-badge.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import { actionStatusNames } from "#app/domain/competence/corrective-action.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader, Period } from "./route.tsx";

/** What a period of competence rests on (ISO/IEC 42001 7.2 b); nothing where it is not there yet. */
export function BasisLine({ period }: { period: Period }) {
  const t = useT();
  const { bases, provenance, mayLookBack } = useLoaderData<typeof loader>();
  if (period.completedAt === null) return null;
  const from = provenance[period.id];
  if (from)
    return (
      <p className="text-sm wrap-anywhere">
        <Rich
          text="Imported from {{system}} <day/> by {{name}}; reference {{reference}}. No certificate of this product."
          values={{ system: from.system, name: from.by, reference: from.reference || "–" }}
          elements={{ day: <Day at={from.at.toISOString()} /> }}
        />
      </p>
    );
  if (period.recognisedAs === null)
    return <p className="text-sm">{t("Rests on the training, proven by its assessment.")}</p>;
  const basis = bases.find((one) => one.events.some((event) => event.periodId === period.id));
  const approval = basis?.events.find((event) => event.periodId === period.id);
  if (!basis || !approval) return null;
  const named = basis.kind === "attestation" ? t("Observed competence") : basis.title;
  const title = mayLookBack ? (
    <Link to={`/basis/${basis.id}`} className="text-accent font-medium underline underline-offset-4">
      {named}
    </Link>
  ) : (
    <span>{named}</span>
  );
  return (
    <p className="text-sm wrap-anywhere">
      {basis.kind === "attestation" ? (
        <Rich
          text="Rests on <basis/>, attested by {{attester}}, approved by {{name}} <day/>. No assessment, so no certificate."
          values={{ attester: basis.submittedBy, name: approval.by }}
          elements={{ basis: title, day: <Day at={approval.at.toISOString()} /> }}
        />
      ) : (
        <Rich
          text="Rests on {{kind}}: <basis/>, approved by {{name}} <day/>. No assessment, so no certificate."
          values={{ kind: t(basisKindNames[basis.kind]), name: approval.by }}
          elements={{ basis: title, day: <Day at={approval.at.toISOString()} /> }}
        />
      )}
    </p>
  );
}

/** Proofs of competence besides the trainings, and the ways to add one. */
export function Bases() {
  const t = useT();
  const { bases, may, record, mayLookBack } = useLoaderData<typeof loader>();
  const { id } = record.person;
  return (
    <section aria-labelledby="proofs">
      <h2 id="proofs" className="mb-3 text-xl">
        {t("Proofs of competence")}
      </h2>
      {bases.length === 0 ? <p className="text-muted text-sm">{t("None yet.")}</p> : null}
      <ul className="divide-line divide-y text-sm">
        {bases.map((one) => (
          <li key={one.id} className="space-y-1 py-2.5">
            {mayLookBack ? (
              <Link
                to={`/basis/${one.id}`}
                className="text-accent font-medium underline underline-offset-4 wrap-anywhere"
              >
                {one.title}
              </Link>
            ) : (
              // From an auditor's seat its own page cannot be opened; a pack holds the proof.
              <span className="font-medium wrap-anywhere">{one.title}</span>
            )}
            <p className="text-muted">
              {t(basisKindNames[one.kind])}, <Day at={one.obtainedOn} />
            </p>
            <BasisBadge state={one.state} />
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-3">
        {may.submit ? (
          <ButtonLink to={`/records/${id}/basis`} look="secondary">
            {t("Add a proof")}
          </ButtonLink>
        ) : null}
        {may.attest ? (
          <ButtonLink to={`/records/${id}/attestation`} look="secondary">
            {t("Attest observed competence")}
          </ButtonLink>
        ) : null}
      </div>
    </section>
  );
}

/** Gaps that somebody is closing, for those who may see them. */
export function Actions() {
  const t = useT();
  const { actions, may, record } = useLoaderData<typeof loader>();
  if (actions.length === 0 && !may.act) return null;
  return (
    <section aria-labelledby="actions">
      <h2 id="actions" className="mb-3 text-xl">
        {t("Corrective actions")}
      </h2>
      {actions.length === 0 ? <p className="text-muted text-sm">{t("None is open.")}</p> : null}
      <ul className="divide-line divide-y text-sm">
        {actions.map((one) => (
          <li key={one.id} className="space-y-1 py-2.5">
            <Link
              to={`/actions/${one.id}`}
              className="text-accent line-clamp-3 font-medium underline underline-offset-4 wrap-anywhere"
            >
              {one.nonconformity}
            </Link>
            <p className="flex flex-wrap items-center gap-2">
              <Badge tone={one.overdue ? "bad" : "neutral"}>
                {one.overdue ? t("Overdue") : t(actionStatusNames[one.status])}
              </Badge>
              <span className="text-muted">
                <Rich text="due <day/>" elements={{ day: <Day at={one.dueOn} /> }} />
              </span>
            </p>
          </li>
        ))}
      </ul>
      {may.act ? (
        <div className="mt-3">
          <ButtonLink to={`/actions/new?person=${record.person.id}`} look="secondary">
            {t("Open an action")}
          </ButtonLink>
        </div>
      ) : null}
    </section>
  );
}
