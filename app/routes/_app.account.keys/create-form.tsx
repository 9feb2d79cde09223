import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** Makes a key: what for, and how long it lives. */
export function CreateForm({ days: choices, form }: { days: readonly string[]; form: FormState }) {
  const t = useT();
  const busy = useNavigation().formData?.get("intent") === "create";
  const { errors, values }: FormState =
    form.values["intent"] === "create" ? form : { errors: {}, values: {} };
  return (
    <Card as="section" id="create">
      <h2 className="text-lg">{t("Make a key")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="create" />
        <TextField
          label={t("Name")}
          name="name"
          autoComplete="off"
          maxLength={60}
          defaultValue={String(values["name"] ?? "")}
          hint={t("The tool and the machine it runs on, so that you know later which to revoke.")}
          error={errors["name"]}
        />
        <Select
          label={t("Ends after")}
          name="days"
          defaultValue={String(values["days"] ?? "90")}
          error={errors["days"]}
        >
          {choices.map((count) => (
            <option key={count} value={count}>
              {t("{{count}} days", { count: Number(count) })}
            </option>
          ))}
        </Select>
        <Button disabled={busy}>{busy ? t("Making…") : t("Make the key")}</Button>
      </Form>
    </Card>
  );
}
