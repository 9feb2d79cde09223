import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm } from "#app/components/form-text.ts";
import { ScopeFields } from "#app/components/scope-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Asks for a pack. */
export function PackForm({ form }: { form: SentForm }) {
  const t = useT();
  const { choices, from, until } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("intent") === "make";
  return (
    <Card as="section" id="make">
      <h2 className="text-lg">{t("Make a pack")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="make" />
        <TextField label={t("First day")} {...fieldOf(form, "from", from)} type="date" />
        <TextField
          label={t("Last day")}
          {...fieldOf(form, "until", until)}
          type="date"

          hint={t("The pack shows what was known at the end of this day (UTC).")}
        />
        <ScopeFields choices={choices} form={form} />
        <p className="text-muted text-sm">
          {t("Random samples drawn in this time are part of it, with the whole record of everybody drawn.")}
        </p>
        <Button disabled={busy}>{busy ? t("Asking…") : t("Make the pack")}</Button>
      </Form>
    </Card>
  );
}
