import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm, textOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { periodStateNames, periodStates } from "#app/domain/competence/period-state.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Of whom to draw, how many, and by which seed. */
export function SampleForm({ form }: { form: SentForm }) {
  const t = useT();
  const { choices, today } = useLoaderData<typeof loader>();
  const busy = useNavigation().state === "submitting";
  return (
    <Card as="section" id="draw">
      <h2 className="text-lg">{t("Draw a sample")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        {form.message ? (
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        ) : null}
        <TextField
          label={t("What it is for")}
          {...fieldOf(form, "purpose")}
          maxLength={300}
          autoComplete="off"
        />
        <Select label={t("Department")} name="department" defaultValue={textOf(form, "department")}>
          <option value="">{t("All")}</option>
          {choices.departments.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Select label={t("Requirement")} name="requirement" defaultValue={textOf(form, "requirement")}>
          <option value="">{t("All")}</option>
          {choices.requirements.map(({ slug, title }) => (
            <option key={slug} value={slug} lang="en">
              {title}
            </option>
          ))}
        </Select>
        <Select label={t("Status")} name="state" defaultValue={textOf(form, "state")}>
          <option value="">{t("All")}</option>
          {periodStates.map((state) => (
            <option key={state} value={state}>
              {t(periodStateNames[state])}
            </option>
          ))}
        </Select>
        <TextField label={t("As at the end of")} {...fieldOf(form, "asAt", today)} type="date" />
        <TextField
          label={t("How many people")}
          {...fieldOf(form, "size", "10")}
          inputMode="numeric"
          autoComplete="off"
        />
        <TextField
          label={t("Seed")}
          {...fieldOf(form, "seed")}
          autoComplete="off"

          hint={t("Nothing to have one made at random. The same seed draws the same people.")}
        />
        <Button disabled={busy}>{busy ? t("Drawing…") : t("Draw")}</Button>
      </Form>
    </Card>
  );
}
