import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import {
  certificationFields,
  certificationsFrom,
  mostCertifications,
} from "#app/domain/competence/certification-form.ts";
import { certifyingAuthorities } from "#app/domain/competence/requirement.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { addCertificationId, certificationRowId } from "./fields.ts";

/** When the training was certified by an authority, as rows; every button sends the whole form and gets it back changed. */
export function CertificationRows({ form: { values, errors } }: { form: FormState }) {
  const t = useT();
  const rows = certificationsFrom(values);
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{t("Certified as")}</legend>
      <p className="text-muted mt-1 mb-3 text-sm">
        {t("Where a law counts only training that an authority has certified. Past times stay listed.")}
      </p>
      {/* Drawn anew for each set of rows, so that one taken away does not leave its texts to the next. */}
      <div key={JSON.stringify(rows)} className="space-y-4">
        {rows.map((row, n) => {
          const names = certificationFields(n);
          return (
            <fieldset
              key={n}
              id={certificationRowId(n)}
              className="border-line scroll-mt-28 rounded-xl border p-4"
            >
              <legend className="px-2 text-sm font-semibold">
                {t("Certification {{number}}", { number: n + 1 })}
              </legend>
              <div className="grid gap-4 sm:grid-cols-2">
                <Select
                  label={t("Authority")}
                  name={names.authority}
                  defaultValue={row.authority}
                  error={errors[names.authority]}
                >
                  {Object.entries(certifyingAuthorities).map(([authority, name]) => (
                    <option key={authority} value={authority} lang="en">
                      {name}
                    </option>
                  ))}
                </Select>
                <TextField
                  label={t("How the authority names it")}
                  name={names.reference}
                  maxLength={200}
                  defaultValue={row.reference}
                  error={errors[names.reference]}
                />
                <TextField
                  label={t("First day")}
                  name={names.from}
                  type="date"
                  defaultValue={row.from}
                  error={errors[names.from]}
                />
                <TextField
                  label={t("Last day")}
                  name={names.until}
                  type="date"
                  defaultValue={row.until}
                  error={errors[names.until]}
                />
              </div>
              <Button name="intent" value={`uncertify:${n}`} look="quiet" className="mt-3">
                {t("Take away")}
                <span className="sr-only">: {t("Certification {{number}}", { number: n + 1 })}</span>
              </Button>
            </fieldset>
          );
        })}
      </div>
      {rows.length < mostCertifications ? (
        <Button id={addCertificationId} name="intent" value="certify" look="secondary" className="mt-3">
          {t("Add a certification")}
        </Button>
      ) : null}
    </fieldset>
  );
}
