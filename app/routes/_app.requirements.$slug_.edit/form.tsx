import { Form, useNavigation } from "@remix-run/react";
import { useEffect } from "react";
import { EffectView } from "#app/components/effect-view.tsx";
import { ResultCard } from "#app/components/result-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { basisKindNames, basisKinds } from "#app/domain/competence/basis-kind.ts";
import { anchorNames, anchors, triggerNames, triggers } from "#app/domain/competence/requirement.ts";
import type { RuleChoices } from "#app/domain/competence/rule-form.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { EditState } from "./fields.ts";
import { CertificationRows } from "./certification-rows.tsx";
import { RuleRows } from "./rule-rows.tsx";

/** A requirement as a form: tried out first, then applied. `seen` is the version edited; 0 for a new one. */
export function RequirementForm({
  state,
  choices,
  seen,
}: {
  state: EditState;
  choices: RuleChoices;
  seen: number;
}) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { errors, values, message, preview } = state;
  const faults = Object.keys(errors).length;
  useGoingOn(state);
  return (
    <Form method="post" className="space-y-6" noValidate>
      {/* What Enter does in a field: the first button of the form. */}
      <button name="intent" value="preview" className="hidden" tabIndex={-1} aria-hidden="true" />
      <input type="hidden" name="seen" value={seen} />
      {message ? (
        <Notice tone="bad" role="alert">
          {message}
        </Notice>
      ) : faults > 0 ? (
        <Notice tone="bad" role="alert">
          {t("{{count}} entries need another look.", { count: faults })}
        </Notice>
      ) : null}
      {preview ? (
        <ResultCard key={JSON.stringify(preview)}>
          <h2 className="mb-1 text-lg">{t("What it would do")}</h2>
          <p role="status" className="text-muted mb-4 text-sm">
            {t("Nothing has changed yet. What was proven stays on record in any case.")}
          </p>
          <EffectView effect={preview} />
          <input type="hidden" name="mark" value={preview.mark} />
          <Button name="intent" value="apply" disabled={busy} className="mt-5">
            {busy ? t("Applying…") : t("Apply it")}
          </Button>
        </ResultCard>
      ) : null}
      <Card as="section" className="space-y-5">
        <TextField label={t("Title")} name="title" maxLength={120} {...textOf(state, "title")} />
        {seen === 0 ? (
          <TextField
            label={t("Short name")}
            name="slug"
            hint={t("In addresses and evidence, as in ai-basics-yearly. It cannot change later.")}
            {...textOf(state, "slug")}
          />
        ) : null}
        <div className="grid gap-5 sm:grid-cols-2">
          <Select label={t("Module")} name="module" {...textOf(state, "module")}>
            <option value="">{t("Choose …")}</option>
            {choices.modules.map(({ slug, title }) => (
              <option key={slug} value={slug} lang="en">
                {title}
              </option>
            ))}
          </Select>
          <Select
            label={t("AI system the module is about (optional)")}
            name="system"
            {...textOf(state, "system")}
          >
            <option value="">{t("None")}</option>
            {choices.systems.map(({ slug, title }) => (
              <option key={slug} value={slug} lang="en">
                {title}
              </option>
            ))}
          </Select>
        </div>
      </Card>
      <Card as="section">
        <RuleRows form={state} choices={choices} />
      </Card>
      <Card as="section" className="space-y-5">
        <h2 className="text-lg">{t("How often, and by when")}</h2>
        <div className="grid gap-5 sm:grid-cols-2">
          {(
            [
              ["validMonths", t("Months it counts")],
              ["windowDays", t("Days before its end that renewal opens")],
              ["dueDays", t("Days to complete it")],
              ["graceDays", t("Days of grace")],
            ] as const
          ).map(([name, label]) => (
            <TextField key={name} label={label} name={name} inputMode="numeric" {...textOf(state, name)} />
          ))}
          <Select label={t("Anniversary")} name="anchor" {...textOf(state, "anchor")}>
            {anchors.map((one) => (
              <option key={one} value={one}>
                {t(anchorNames[one])}
              </option>
            ))}
          </Select>
          <TextField
            label={t("Day of the year")}
            name="anchorDay"
            placeholder="03-31"
            hint={t("For a fixed day: month and day.")}
            {...textOf(state, "anchorDay")}
          />
        </div>
        <Choice
          type="checkbox"
          name="earlyRestarts"
          value="yes"
          defaultChecked={values["earlyRestarts"] === "yes"}
        >
          {t("A completion before renewal opens begins the cycle anew")}
        </Choice>
        <fieldset>
          <legend className="mb-2 text-sm font-semibold">{t("Ask again by itself after")}</legend>
          <div className="space-y-2">
            {triggers.map((one) => (
              <Choice
                key={one}
                type="checkbox"
                name="triggers[]"
                value={one}
                defaultChecked={values["triggers"]?.includes(one)}
              >
                {t(triggerNames[one])}
              </Choice>
            ))}
          </div>
        </fieldset>
        <p className="text-muted text-sm">
          {t(
            "Dates already given to people stay as they are; new ones hold for cycles that open from now on.",
          )}
        </p>
      </Card>
      <Card as="section" className="space-y-5">
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={t("First day")}
            name="effectiveFrom"
            type="date"
            {...textOf(state, "effectiveFrom")}
          />
          <TextField
            label={t("Last day (optional)")}
            name="effectiveUntil"
            type="date"
            {...textOf(state, "effectiveUntil")}
          />
        </div>
        <TextArea
          label={t("Basis")}
          name="basis"
          rows={3}
          hint={t("Clauses, laws and policies it rests on, one a line.")}
          {...textOf(state, "basis")}
        />
        <fieldset>
          <legend className="mb-2 text-sm font-semibold">{t("What else may prove it")}</legend>
          <div className="space-y-2">
            {basisKinds.map((one) => (
              <Choice
                key={one}
                type="checkbox"
                name="accepts[]"
                value={one}
                defaultChecked={values["accepts"]?.includes(one)}
              >
                {t(basisKindNames[one])}
              </Choice>
            ))}
          </div>
          <p className="text-muted mt-2 text-sm">
            {t(
              "Besides the training, with proof and an approval by somebody else. None: the training alone.",
            )}
          </p>
        </fieldset>
        <TextArea
          label={t("Criteria of observed competence")}
          name="criteria"
          rows={4}
          hint={t("What a manager must have seen, one criterion a line.")}
          {...textOf(state, "criteria")}
        />
        <CertificationRows form={state} />
        <TextArea
          label={t("Reason for the change")}
          name="reason"
          rows={2}
          maxLength={500}
          {...textOf(state, "reason")}
        />
        <Button name="intent" value="preview" look="secondary" disabled={busy}>
          {busy ? t("Counting…") : t("See what it would do")}
        </Button>
      </Card>
    </Form>
  );
}

/** Puts the focus where somebody goes on who added a row or took one away: the button they pressed is gone or elsewhere. */
function useGoingOn(state: EditState): void {
  useEffect(() => {
    const part = state.focus === undefined ? null : document.getElementById(state.focus);
    const field = part?.querySelector<HTMLElement>("input:not([type=hidden]), select");
    (field ?? part)?.focus();
  }, [state]);
}

function textOf(
  { values, errors }: EditState,
  name: string,
): { defaultValue: string; error: string | undefined } {
  const value = values[name];
  return { defaultValue: typeof value === "string" ? value : "", error: errors[name] };
}
