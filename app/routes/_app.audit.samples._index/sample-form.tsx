import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { textOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { periodStateNames, periodStates } from "#app/domain/competence/period-state.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Sent = {
  errors: Record<string, string>;
  message?: string | undefined;
  values: Record<string, string | string[]>;
};

/** Of whom to draw, how many, and by which seed. */
export function SampleForm({ form }: { form: Sent }) {
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
          name="purpose"
          maxLength={300}
          autoComplete="off"
          defaultValue={textOf(form, "purpose")}
          error={form.errors["purpose"]}
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
        <TextField
          label={t("As at the end of")}
          name="asAt"
          type="date"
          defaultValue={textOf(form, "asAt", today)}
          error={form.errors["asAt"]}
        />
        <TextField
          label={t("How many people")}
          name="size"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={textOf(form, "size", "10")}
          error={form.errors["size"]}
        />
        <TextField
          label={t("Seed")}
          name="seed"
          autoComplete="off"
          defaultValue={textOf(form, "seed")}
          hint={t("Nothing to have one made at random. The same seed draws the same people.")}
          error={form.errors["seed"]}
        />
        <Button disabled={busy}>{busy ? t("Drawing…") : t("Draw")}</Button>
      </Form>
    </Card>
  );
}
