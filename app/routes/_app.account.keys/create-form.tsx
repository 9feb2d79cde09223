import { Form, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm, sentWith } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** Makes a key: what for, and how long it lives. */
export function CreateForm({ days: choices, form }: { days: readonly string[]; form: SentForm }) {
  const t = useT();
  const busy = useNavigation().formData?.get("intent") === "create";
  const sent = sentWith(form, "create");
  return (
    <Card as="section" id="create">
      <h2 className="text-lg">{t("Make a key")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="create" />
        <TextField
          label={t("Name")}
          {...fieldOf(sent, "name")}
          autoComplete="off"
          maxLength={60}

          hint={t("The tool and the machine it runs on, so that you know later which to revoke.")}
        />
        <Select label={t("Ends after")} {...fieldOf(sent, "days", "90")}>
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
