import { Form } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** Leads to the record as at a day of the past. */
export function LookBack({ personId, today }: { personId: string; today: string }) {
  const t = useT();
  return (
    <details className="text-ink mt-2">
      <summary className="text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-medium">
        {t("Look back at a day")}
      </summary>
      <Form
        action={`/records/${personId}/as-at`}
        className="mt-2 grid items-end gap-3 sm:grid-cols-[12rem_18rem_auto] sm:justify-start"
      >
        <TextField label={t("Day")} name="at" type="date" required max={today} />
        <Select label={t("What may be known")} name="known">
          <option value="then">{t("What was known then")}</option>
          <option value="now">{t("What is known now about then")}</option>
        </Select>
        <Button look="secondary">{t("Look back")}</Button>
      </Form>
    </details>
  );
}
