import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { textOf } from "#app/components/form-text.ts";
import { ScopeFields } from "#app/components/scope-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Sent = { errors: Record<string, string>; values: Record<string, string | string[]> };

/** Invites an auditor from outside. */
export function SeatForm({ form }: { form: Sent }) {
  const t = useT();
  const { choices, today, inTwoWeeks } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("intent") === "invite";
  return (
    <Card as="section" id="invite">
      <h2 className="text-lg">{t("Invite an auditor")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="invite" />
        <TextField
          label={t("Name")}
          name="name"
          autoComplete="off"
          maxLength={200}
          defaultValue={textOf(form, "name")}
          error={form.errors["name"]}
        />
        <TextField
          label={t("E-mail")}
          name="email"
          type="email"
          autoComplete="off"
          defaultValue={textOf(form, "email")}
          error={form.errors["email"]}
        />
        <TextField
          label={t("Audits for")}
          name="firm"
          autoComplete="off"
          maxLength={200}
          defaultValue={textOf(form, "firm")}
          hint={t("The certification body or firm.")}
          error={form.errors["firm"]}
        />
        <TextField
          label={t("First day")}
          name="from"
          type="date"
          defaultValue={textOf(form, "from", today)}
          error={form.errors["from"]}
        />
        <TextField
          label={t("Last day")}
          name="until"
          type="date"
          defaultValue={textOf(form, "until", inTwoWeeks)}
          hint={t("The seat ends with this day (UTC).")}
          error={form.errors["until"]}
        />
        <ScopeFields choices={choices} form={form} />
        <Button disabled={busy}>{busy ? t("Inviting…") : t("Invite")}</Button>
      </Form>
    </Card>
  );
}
