import { Form, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextField } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { View } from "./route.tsx";

/** Which notices somebody gets, and between which times. What must be sent is named beside what may be switched off. */
export function ChoiceForm({ view, form }: { view: View; form: FormState | null }) {
  const t = useT();
  const busy = useNavigation().formData?.get("intent") === "choose";
  const { preference, usual, timeZone } = view;
  const hours = preference.hours ?? usual;
  const ticked = (name: string, stored: boolean): boolean => (form ? form.values[name] === "yes" : stored);
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Mails")}</h2>
      <Form method="post" className="mt-4 space-y-6" noValidate>
        <input type="hidden" name="intent" value="choose" />
        <Notice title={t("Always on: required training")}>
          {t(
            "New training, what is due within days, overdue or expired, and for managers who is late. ISO/IEC 42001 asks your employer to make sure that you know in time, so these cannot be switched off.",
          )}
        </Notice>
        <fieldset className="space-y-3">
          <legend className="mb-2 text-sm font-semibold">{t("Extra notices")}</legend>
          <Choice
            type="checkbox"
            name="practice"
            value="yes"
            defaultChecked={ticked("practice", preference.practice)}
          >
            <span className="font-medium">{t("Practice")}</span>
            <span className="text-muted block text-sm">
              {t("Two questions 3, 10, 30 and 90 days after you completed a training.")}
            </span>
          </Choice>
          <Choice type="checkbox" name="early" value="yes" defaultChecked={ticked("early", preference.early)}>
            <span className="font-medium">{t("Early reminders")}</span>
            <span className="text-muted block text-sm">
              {t("Two weeks before a date, and when a renewal opens.")}
            </span>
          </Choice>
        </fieldset>
        <fieldset className="space-y-3">
          <legend className="mb-2 text-sm font-semibold">{t("Times")}</legend>
          <p className="text-muted text-sm">
            {usual.weekends
              ? t("Usually between {{from}} and {{until}}, by the clock of {{place}}.", {
                  ...usual,
                  place: timeZone,
                })
              : t(
                  "Usually from Monday to Friday between {{from}} and {{until}}, by the clock of {{place}}.",
                  {
                    ...usual,
                    place: timeZone,
                  },
                )}
          </p>
          <Choice
            type="checkbox"
            name="own"
            value="yes"
            defaultChecked={ticked("own", preference.hours !== null)}
          >
            {t("Use my own times")}
          </Choice>
          <div className="grid grid-cols-2 gap-4">
            <TextField label={t("Not before")} {...fieldOf(form, "from", hours.from)} type="time" />
            <TextField label={t("Not after")} {...fieldOf(form, "until", hours.until)} type="time" />
          </div>
          <Choice
            type="checkbox"
            name="weekends"
            value="yes"
            defaultChecked={ticked("weekends", hours.weekends)}
          >
            {t("On Saturdays and Sundays too")}
          </Choice>
        </fieldset>
        <Button disabled={busy}>{busy ? t("Saving…") : t("Save")}</Button>
      </Form>
    </Card>
  );
}
