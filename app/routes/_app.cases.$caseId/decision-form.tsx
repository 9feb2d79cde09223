import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { fieldOf, type SentForm, textOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { useWords } from "#app/components/words.ts";
import { Choice, Select, TextArea } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { isTicked } from "./case-form.ts";
import { RatingField } from "./rating-field.tsx";
import type { Option, scopeOf } from "./scope.ts";

type Props = {
  revision: number;
  rating: { likelihood: number | null; severity: number | null };
  /** Null where the rule that fired leaves no room for an approval. */
  scope: ReturnType<typeof scopeOf> | null;
  seconds: { id: string; name: string }[];
  form: SentForm;
};

/** `part` names the choice to the style sheet, which unfolds what belongs to it; class names cannot hold underscores. */
const intents = [
  {
    value: "approve_with_conditions",
    part: "approve",
    label: msg("Approve with conditions"),
    hint: msg("The asker may use it exactly so, until the review date."),
  },
  { value: "reject", part: "reject", label: msg("Reject"), hint: msg("The use stays closed.") },
  {
    value: "request_information",
    part: "ask",
    label: msg("Ask for information"),
    hint: msg("The time stops until the asker answers."),
  },
  { value: "rate", part: "rate", label: msg("Keep the rating only"), hint: msg("The case stays open.") },
];

/** Rating and decision in one form; parts that do not belong to the choice made are folded away. */
export function DecisionForm({ revision, rating, scope, seconds, form }: Props) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const initial = {
    likelihood: Number(textOf(form, "likelihood")) || rating.likelihood,
    severity: Number(textOf(form, "severity")) || rating.severity,
  };
  return (
    <Form method="post" className="group space-y-6" noValidate>
      <input type="hidden" name="revision" value={revision} />
      {form.message || Object.keys(form.errors).length > 0 ? (
        <Notice tone="bad" role="alert" title={t("Not sent yet")}>
          {form.message ?? t("Something is missing. The fields below say what.")}
        </Notice>
      ) : null}
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">{t("What do you decide?")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {intents
            .filter((i) => scope !== null || i.value !== "approve_with_conditions")
            .map(({ value, part, label, hint }) => (
              <Choice
                key={value}
                type="radio"
                name="intent"
                value={value}
                data-intent={part}
                defaultChecked={textOf(form, "intent") === value}
              >
                <span className="font-semibold">{t(label)}</span>
                <span className="text-muted block text-sm">{t(hint)}</span>
              </Choice>
            ))}
        </div>
        <FieldError text={form.errors["intent"]} />
      </fieldset>
      <div className="group-has-[[data-intent=ask]:checked]:hidden">
        <RatingField initial={initial} errors={form.errors} />
      </div>
      {scope ? (
        <div className="hidden space-y-6 group-has-[[data-intent=approve]:checked]:block">
          <ScopeFields scope={scope} form={form} />
          <TextArea
            label={t("Conditions, one a line")}
            {...fieldOf(form, "conditions")}
            rows={4}

            hint={t("What must hold while it is used. At least one.")}
          />
        </div>
      ) : null}
      <div className="group-has-[[data-intent=ask]:checked]:hidden group-has-[[data-intent=rate]:checked]:hidden">
        <Select
          label={t("Second reviewer")}
          {...fieldOf(form, "secondId")}

          hint={t(
            "Two people decide together to approve a high-risk use, at a rating of 15 or more, or to depart from a precedent.",
          )}
        >
          <option value="">{t("Nobody, I decide alone")}</option>
          {seconds.map((person) => (
            <option key={person.id} value={person.id}>
              {t("Together with {{name}}", { name: person.name })}
            </option>
          ))}
        </Select>
      </div>
      <TextArea
        label={t("Reason, or what you need to know")}
        {...fieldOf(form, "note")}
        rows={6}
        maxLength={4000}

        hint={t("In plain language: the asker reads it.")}
      />
      <Button disabled={busy}>{busy ? t("Sending…") : t("Send")}</Button>
    </Form>
  );
}

function ScopeFields({ scope, form }: { scope: NonNullable<Props["scope"]>; form: SentForm }) {
  const t = useT();
  const { titles } = useWords().facts;
  const boxes = (name: "purposes" | "dataClasses" | "affected") => ({ name, form, ...scope[name] });
  const strictest = scope.oversight.options.at(scope.oversight.settled ? -1 : 0)?.value;
  return (
    <fieldset className="border-line space-y-5 rounded-xl border p-4">
      <legend className="px-1 text-sm font-semibold">{t("What exactly you approve")}</legend>
      {scope.systems.options.length === 0 ? (
        <Notice tone="warn">
          {t("The register has no entry in use or in pilot for this tool. Register it first, then approve.")}
        </Notice>
      ) : (
        <Select label={titles.system} name="systemSlug" defaultValue={textOf(form, "systemSlug")}>
          {scope.systems.settled ? null : <option value="">{t("Choose the register entry")}</option>}
          <Options options={scope.systems.options} />
        </Select>
      )}
      {scope.purposes.settled ? (
        <Boxes legend={t("Purposes")} {...boxes("purposes")} />
      ) : (
        <Select
          label={titles.purposes}
          name="purposes[]"
          hint={t("The asker named none that is on the list.")}
          defaultValue={form.values["purposes"]?.[0] ?? ""}
        >
          <option value="">{t("Choose a purpose")}</option>
          <Options options={scope.purposes.options} />
        </Select>
      )}
      <Boxes legend={titles.dataClasses} {...boxes("dataClasses")} />
      <Boxes legend={titles.affected} {...boxes("affected")} />
      <Select label={t("Human say, at least")} {...fieldOf(form, "oversight", strictest)}>
        <Options options={scope.oversight.options} />
      </Select>
    </fieldset>
  );
}

function Options({ options }: { options: Option[] }): ReactNode {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

function Boxes(props: { legend: string; name: string; options: Option[]; settled: boolean; form: SentForm }) {
  const t = useT();
  const { legend, name, options, settled, form } = props;
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">
        {legend}
        {settled ? null : <span className="text-muted font-normal"> {t("(the asker did not know)")}</span>}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map(({ value, label }) => (
          <Choice
            key={value}
            type="checkbox"
            name={`${name}[]`}
            value={value}
            defaultChecked={isTicked(form, name, value, settled)}
          >
            {label}
          </Choice>
        ))}
      </div>
      <FieldError text={form.errors[name]} />
    </fieldset>
  );
}

function FieldError({ text }: { text: string | undefined }) {
  return text ? <p className="text-bad-ink mt-1.5 text-sm font-medium">{text}</p> : null;
}
