import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm } from "#app/components/form-text.ts";
import { ScopeFields } from "#app/components/scope-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Invites an auditor from outside. */
export function SeatForm({ form }: { form: SentForm }) {
  const t = useT();
  const { choices, today, inTwoWeeks } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("intent") === "invite";
  return (
    <Card as="section" id="invite">
      <h2 className="text-lg">{t("Invite an auditor")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="invite" />
        <TextField label={t("Name")} {...fieldOf(form, "name")} autoComplete="off" maxLength={200} />
        <TextField label={t("E-mail")} {...fieldOf(form, "email")} type="email" autoComplete="off" />
        <TextField
          label={t("Audits for")}
          {...fieldOf(form, "firm")}
          autoComplete="off"
          maxLength={200}

          hint={t("The certification body or firm.")}
        />
        <TextField label={t("First day")} {...fieldOf(form, "from", today)} type="date" />
        <TextField
          label={t("Last day")}
          {...fieldOf(form, "until", inTwoWeeks)}
          type="date"

          hint={t("The seat ends with this day (UTC).")}
        />
        <ScopeFields choices={choices} form={form} />
        <Button disabled={busy}>{busy ? t("Inviting…") : t("Invite")}</Button>
      </Form>
    </Card>
  );
}
