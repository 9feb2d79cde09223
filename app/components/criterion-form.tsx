import { Form, useNavigation } from "@remix-run/react";
import {
  type Criterion,
  confirmationNames,
  confirmations,
  measureDefinitions,
  measureNames,
  measures,
} from "#app/domain/effectiveness/criterion.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { fieldOf, type SentForm } from "./form-text.ts";
import { Button } from "./ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "./ui/field.tsx";

type Choices = {
  requirements: { slug: string; title: string }[];
  audiences: string[];
  departments: string[];
  evaluators: { id: string; name: string; title: string }[];
};

/**
 * The form of a criterion. `stored` fills it at first, what was sent after that. A fixed criterion asks for the reason of the
 * change and is fixed again at once.
 */
export function CriterionForm({
  choices,
  stored,
  isFixed = false,
  sent,
}: {
  choices: Choices;
  stored: Criterion | null;
  isFixed?: boolean;
  sent: SentForm;
}) {
  const t = useT();
  const { errors, values } = sent;
  const busy = useNavigation().state !== "idle";
  const wasSent = Object.keys(values).length > 0;
  const text = (name: keyof Criterion, usual = ""): string => {
    const value = wasSent ? values[name] : stored?.[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : usual;
  };
  const chosen = (name: "audiences" | "departments"): string[] => {
    const value = wasSent ? values[name] : stored?.[name];
    return Array.isArray(value) ? value : [];
  };
  const field = (name: keyof Criterion, usual?: string) => ({
    name,
    defaultValue: text(name, usual),
    error: errors[name],
  });
  return (
    <Form method="post" className="space-y-6" noValidate>
      <TextField
        {...field("title")}
        label={t("Title")}
        maxLength={120}
        hint={t("What this evaluation is to find out, in a few words.")}
      />
      <Select {...field("requirement")} label={t("Training of the requirement")}>
        <option value="">{t("Choose")}</option>
        {choices.requirements.map(({ slug, title }) => (
          <option key={slug} value={slug} lang="en">
            {title}
          </option>
        ))}
      </Select>
      <Select {...field("measure")} label={t("Measure")}>
        <option value="">{t("Choose")}</option>
        {measures.map((one) => (
          <option key={one} value={one}>
            {t(measureNames[one])}
          </option>
        ))}
      </Select>
      <details className="text-sm">
        <summary className="text-accent min-h-9 cursor-pointer font-semibold">
          {t("What each measure counts")}
        </summary>
        <dl className="mt-2 space-y-3">
          {measures.map((one) => (
            <div key={one}>
              <dt className="font-semibold">{t(measureNames[one])}</dt>
              <dd className="text-muted">{t(measureDefinitions[one])}</dd>
            </div>
          ))}
        </dl>
      </details>
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField
          {...field("threshold")}
          label={t("Threshold")}
          inputMode="decimal"
          hint={t(
            "In percentage points for a gain, in per cent for scores and shares, per 100 people for concerns.",
          )}
        />
        <TextField
          {...field("minimumN", "10")}
          label={t("Smallest number of people")}
          inputMode="numeric"
          hint={t("With fewer, nothing can be decided.")}
        />
      </div>
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">{t("When is it met?")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {confirmations.map((one) => (
            <Choice
              key={one}
              type="radio"
              name="confirm"
              value={one}
              defaultChecked={text("confirm", "estimate") === one}
            >
              {t(confirmationNames[one])}
            </Choice>
          ))}
        </div>
      </fieldset>
      <Names
        legend={t("Audiences")}
        name="audiences"
        all={choices.audiences}
        chosen={chosen("audiences")}
        lang="en"
      />
      <Names
        legend={t("Departments")}
        name="departments"
        all={choices.departments}
        chosen={chosen("departments")}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <TextField
          {...field("startsOn")}
          label={t("Start")}
          type="date"
          hint={t("What happens from this day on counts. It must lie ahead.")}
        />
        <TextField
          {...field("decisionOn")}
          label={t("Decision date")}
          type="date"
          hint={t("On this day the result is computed, from what happened before it.")}
        />
      </div>
      <Select
        {...field("evaluatorId")}
        label={t("Who evaluates")}
        hint={t("Somebody else than you: HR, a reviewer or an administrator.")}
      >
        <option value="">{t("Choose")}</option>
        {choices.evaluators.map(({ id, name, title }) => (
          <option key={id} value={id}>
            {name} · {title}
          </option>
        ))}
      </Select>
      {isFixed ? (
        <TextArea label={t("Why it is changed")} {...fieldOf(sent, "reason")} rows={3} maxLength={1000} />
      ) : null}
      <div className="flex flex-wrap gap-3">
        <Button name="intent" value="lock" disabled={busy}>
          {isFixed ? t("Fix the changed criterion") : t("Fix the criterion")}
        </Button>
        {isFixed ? null : (
          <Button name="intent" value="draft" look="secondary" disabled={busy}>
            {t("Keep as a draft")}
          </Button>
        )}
      </div>
    </Form>
  );
}

function Names({
  legend,
  name,
  all,
  chosen,
  lang,
}: {
  legend: string;
  name: string;
  all: readonly string[];
  chosen: readonly string[];
  lang?: string;
}) {
  const t = useT();
  return (
    <details open={chosen.length > 0} className="border-line rounded-xl border px-4 py-3">
      <summary className="cursor-pointer text-sm font-semibold">
        {legend}
        <span className="text-muted font-normal">
          {" "}
          {chosen.length === 0 ? t("(all)") : t("({{count}} chosen)", { count: chosen.length })}
        </span>
      </summary>
      <fieldset className="mt-3">
        <legend className="text-muted mb-2 text-sm">{t("Choose none to take all.")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {all.map((one) => (
            <Choice
              key={one}
              type="checkbox"
              name={`${name}[]`}
              value={one}
              defaultChecked={chosen.includes(one)}
            >
              <span lang={lang}>{lang ? one.replaceAll("-", " ") : one}</span>
            </Choice>
          ))}
        </div>
      </fieldset>
    </details>
  );
}
