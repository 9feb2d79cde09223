import { Link } from "@remix-run/react";
import { fieldOf, type SentForm } from "#app/components/form-text.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Confirmation, Select } from "#app/components/ui/field.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import { retrainingCauseNames } from "#app/domain/competence/retraining.ts";
import {
  type CertificateStatus,
  revocationCategories,
  revocationCategoryNames,
} from "#app/domain/evidence/certificate.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { DisplayForm } from "./display-form.tsx";
import { ExceptionForm } from "./exception-form.tsx";
import { placeOf } from "./record-form.ts";
import type { Period } from "./route.tsx";

const looks = {
  valid: { tone: "good", sign: "check", name: msg("Valid") },
  expired: { tone: "neutral", sign: "clock", name: msg("Expired") },
  revoked: { tone: "bad", sign: "cross", name: msg("Revoked") },
} as const satisfies Record<CertificateStatus, object>;

/** The proof of a completed period: the file, how to check it, and for HR how to withdraw it. */
export function Certificate({
  certificate,
  about,
  zone,
  mayRevoke,
  own,
  form,
}: {
  certificate: NonNullable<Period["certificate"]>;
  about: string;
  /** Where its holder is. */
  zone: string;
  mayRevoke: boolean;
  /** Whether the reader is its holder. */
  own: boolean;
  form: SentForm;
}) {
  const t = useT();
  const { id, code, status, issuedAt, expiresAt, printedUntil, revokedAt, revocationReason } = certificate;
  const { revocationCategory, endedBy } = certificate;
  const { tone, sign, name } = looks[status];
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3">
        <h4 className="text-sm font-semibold">{t("Certificate")}</h4>
        <Badge tone={tone}>
          <Glyph name={sign} className="size-3.5" />
          {t(name)}
        </Badge>
      </div>
      <p className="text-muted mt-1 text-sm">
        <Rich
          text="Issued <day/>, for use until <end/>"
          elements={{
            day: <Day at={issuedAt.toISOString()} zone={zone} />,
            end: <LastDay at={expiresAt} zone={zone} />,
          }}
        />
      </p>
      {printedUntil ? (
        <p className="mt-1 text-sm">
          <Rich
            text={
              endedBy
                ? "Issued for use until <day/>; it ends earlier because training was asked again: {{cause}}"
                : "Issued for use until <day/>; it ends earlier because the module has changed."
            }
            values={{ cause: endedBy ? t(retrainingCauseNames[endedBy.cause]) : "" }}
            elements={{ day: <LastDay at={printedUntil} zone={zone} /> }}
          />
          {endedBy?.reason ? (
            <span className="block whitespace-pre-line wrap-anywhere">{endedBy.reason}</span>
          ) : null}
        </p>
      ) : null}
      {revokedAt ? (
        <p className="mt-1 text-sm wrap-anywhere">
          <Rich
            text="Revoked <moment/>: <reason/>"
            elements={{
              moment: <Moment at={revokedAt.toISOString()} />,
              reason: <span>{revocationReason}</span>,
            }}
          />
          {revocationCategory ? (
            <span className="text-muted block">
              {t("Shown to verifiers: {{category}}", {
                category: t(revocationCategoryNames[revocationCategory]),
              })}
            </span>
          ) : null}
        </p>
      ) : null}
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <ButtonAnchor
          href={`/certificates/${id}`}
          look="secondary"
          aria-label={t("Certificate (PDF): {{about}}", { about })}
        >
          <Glyph name="seal" />
          {t("Certificate (PDF)")}
        </ButtonAnchor>
        {own && status !== "revoked" ? (
          <ButtonAnchor
            href={`/certificates/${id}/badge`}
            look="secondary"
            aria-label={t("Open Badge: {{about}}", { about })}
          >
            {t("Open Badge")}
          </ButtonAnchor>
        ) : null}
        <Link
          to={`/verify/${code}`}
          className="text-accent inline-flex min-h-11 items-center text-sm font-medium underline underline-offset-4"
        >
          <span>
            <Rich text="Verify <code/>" elements={{ code: <span className="font-mono">{code}</span> }} />
          </span>
        </Link>
      </div>
      {own ? <DisplayForm id={id} about={about} display={certificate.display} /> : null}
      {mayRevoke && status !== "revoked" ? (
        <ExceptionForm
          intent="revoke"
          id={id}
          title={t("Revoke the certificate")}
          about={about}
          send={t("Revoke")}
          danger
          form={form}
          hint={t(
            "It is kept with the certificate and read here. Who checks the code learns only the kind of reason. If the competence rests on it, the training is due again.",
          )}
        >
          {(sent) => (
            <div className="space-y-4">
              <Select
                id={`${placeOf("revoke", id)}-category`}
                label={t("What a verifier may know of the reason")}
                {...fieldOf(sent, "category")}
              >
                <option value="">{t("Choose")}</option>
                {revocationCategories.map((category) => (
                  <option key={category} value={category}>
                    {t(revocationCategoryNames[category])}
                  </option>
                ))}
              </Select>
              <Confirmation errorId={`${placeOf("revoke", id)}-error`} error={sent.errors["confirmed"]}>
                {t("Revoke this certificate for good")}
              </Confirmation>
            </div>
          )}
        </ExceptionForm>
      ) : null}
    </div>
  );
}
