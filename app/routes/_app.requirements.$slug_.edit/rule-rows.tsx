import { valueName } from "#app/components/rule-words.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextField } from "#app/components/ui/field.tsx";
import {
  type Attribute,
  attributeNames,
  attributes,
  draftFrom,
  type RuleChoices,
  rowFields,
  type RuleRow,
} from "#app/domain/competence/rule-form.ts";
import { roleNames, roles } from "#app/domain/people/role.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { ruleListId, ruleRowId } from "./fields.ts";

/** The rule as groups of rows. Every button sends the whole form and gets it back changed, so it needs no script. */
export function RuleRows({ form, choices }: { form: FormState; choices: RuleChoices }) {
  const t = useT();
  const draft = draftFrom(form.values);
  const fault = form.errors["rule"];
  return (
    <fieldset aria-describedby={fault ? "rule-error" : undefined}>
      <legend className="text-lg font-semibold">{t("Whom it asks")}</legend>
      <p className="text-muted mt-1 mb-4 text-sm">
        {t("A person must meet every condition of one group. Of several values, one is enough.")}
      </p>
      {fault ? (
        <p id="rule-error" role="alert" className="text-bad-ink mb-3 text-sm font-medium">
          {fault}
        </p>
      ) : null}
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <div className="w-full sm:w-72">
          <Select label={t("Condition to add")} name="attribute" id={ruleListId}>
            {attributes.map((one) => (
              <option key={one} value={one}>
                {t(attributeNames[one])}
              </option>
            ))}
          </Select>
        </div>
        <Button name="intent" value="group" look="secondary">
          {draft.length === 0 ? t("Add the condition") : t("Begin another group with it")}
        </Button>
      </div>
      {/* Drawn anew for each draft, so that a row taken away does not leave its choices to the next. */}
      <div key={JSON.stringify(draft)} className="space-y-4">
        {draft.map((rows, g) => (
          <fieldset key={g} className="border-line rounded-xl border p-4">
            <legend className="px-2 text-sm font-semibold">{t("Group {{number}}", { number: g + 1 })}</legend>
            <div className="divide-line space-y-4 divide-y">
              {rows.map((row, r) => (
                <Row key={`${r} ${row.attribute}`} place={[g, r]} row={row} form={form} choices={choices} />
              ))}
            </div>
            <Button name="intent" value={`add:${g}`} look="secondary" className="mt-4">
              {t("Add the chosen condition to group {{number}}", { number: g + 1 })}
            </Button>
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}

function Row({
  place: [g, r],
  row,
  form,
  choices,
}: {
  place: [number, number];
  row: RuleRow;
  form: FormState;
  choices: RuleChoices;
}) {
  const t = useT();
  const names = rowFields(g, r);
  const error = form.errors[names.values];
  return (
    <fieldset
      id={ruleRowId(g, r)}
      className="scroll-mt-28 pt-4 first:pt-0"
      aria-describedby={error ? `${names.values}-error` : undefined}
    >
      <legend className="float-left font-semibold">{t(attributeNames[row.attribute])}</legend>
      <Button name="intent" value={`remove:${g}:${r}`} look="quiet" className="float-right">
        {t("Take away")}
        <span className="sr-only">: {t(attributeNames[row.attribute])}</span>
      </Button>
      <div className="clear-both">
        <input type="hidden" name={names.attribute} value={row.attribute} />
        {error ? (
          <p id={`${names.values}-error`} role="alert" className="text-bad-ink mb-2 text-sm font-medium">
            {error}
          </p>
        ) : null}
        {row.attribute === "computerShare" ? (
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label={t("At least (%)")}
              name={names.atLeast}
              inputMode="numeric"
              defaultValue={row.atLeast}
            />
            <TextField
              label={t("At most (%)")}
              name={names.atMost}
              inputMode="numeric"
              defaultValue={row.atMost}
            />
          </div>
        ) : (
          <div className="grid max-h-80 gap-2 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
            {offered(row, choices, t).map(({ value, label, lang }) => (
              <Choice
                key={value}
                type="checkbox"
                name={`${names.values}[]`}
                value={value}
                defaultChecked={row.values.includes(value)}
                className="py-2"
              >
                <span lang={lang} className="text-sm wrap-anywhere">
                  {label}
                </span>
              </Choice>
            ))}
          </div>
        )}
      </div>
    </fieldset>
  );
}

type Offered = { value: string; label: string; lang?: string };

/** The values there are, and those chosen that there are no more. */
function offered(row: RuleRow, choices: RuleChoices, t: ReturnType<typeof useT>): Offered[] {
  const { attribute } = row;
  if (attribute === "aimsRole") return roles.map((value) => ({ value, label: t(roleNames[value]) }));
  const known: Record<Exclude<Attribute, "aimsRole" | "computerShare">, Offered[]> = {
    audience: plain("audience", choices.audiences),
    department: plain("department", choices.departments),
    location: plain("location", choices.locations),
    employmentType: plain("employmentType", choices.employmentTypes),
    uses: choices.systems.map(({ slug, title }) => ({ value: slug, label: title, lang: "en" })),
    oversees: choices.systems.map(({ slug, title }) => ({ value: slug, label: title, lang: "en" })),
  };
  if (attribute === "computerShare") return [];
  const all = known[attribute];
  const gone = row.values.filter((value) => !all.some((one) => one.value === value));
  return [...all, ...plain(attribute, gone)];
}

const plain = (attribute: Attribute, values: readonly string[]): Offered[] =>
  values.map((value) => ({ value, label: valueName(attribute, value), lang: "en" }));
