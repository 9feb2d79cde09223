import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm, textsOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { longestActions } from "#app/domain/effectiveness/review.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Takes what a review decided, with the figures above. */
export function RecordForm({ sent }: { sent: SentForm }) {
  const t = useT();
  const { owners, today } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const { errors } = sent;
  const nth = (name: string, i: number): string => textsOf(sent, name)[i] ?? "";
  return (
    <Card as="section">
      <h2 className="text-xl">{t("Record the review")}</h2>
      <p className="text-muted mt-1 mb-5 text-sm text-pretty">
        {t(
          "The figures of this period are kept with it as they are now, after the whole audit chain was checked. A recorded review never changes.",
        )}
      </p>
      <Form method="post" className="space-y-6" noValidate>
        <TextField label={t("Held on")} {...fieldOf(sent, "heldOn", today)} type="date" max={today} />
        <TextArea
          label={t("Who took part")}
          {...fieldOf(sent, "attendees")}
          rows={2}
          maxLength={1000}
          hint={t("Roles, such as managing director or AI governance lead.")}
        />
        <TextArea
          label={t("What has changed outside and inside (optional)")}
          {...fieldOf(sent, "changes")}
          rows={3}
          maxLength={4000}
          hint={t(
            "Issues, needs of interested parties and earlier actions that bear on the management system.",
          )}
        />
        <TextArea
          label={t("Decisions")}
          {...fieldOf(sent, "decisions")}
          rows={4}
          maxLength={4000}
          hint={t("On improvements, and on changes that the management system needs.")}
        />
        <fieldset aria-describedby={errors["what"] ? "actions-error" : undefined}>
          <legend className="mb-2 text-sm font-semibold">{t("Actions (optional)")}</legend>
          {errors["what"] ? (
            <p id="actions-error" className="text-bad-ink mb-2 text-sm font-medium">
              {errors["what"]}
            </p>
          ) : null}
          <div className="space-y-5">
            {Array.from({ length: longestActions }, (_, i) => (
              <div key={i} className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_12rem_10rem]">
                <TextField
                  id={`what-${i}`}
                  label={t("Action {{number}}", { number: i + 1 })}
                  name="what[]"
                  maxLength={500}
                  defaultValue={nth("what", i)}
                />
                <Select
                  id={`owner-${i}`}
                  label={t("Owner")}
                  name="ownerId[]"
                  defaultValue={nth("ownerId", i)}
                >
                  <option value="">{t("Nobody")}</option>
                  {owners.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
                <TextField
                  id={`on-${i}`}
                  label={t("By when")}
                  name="on[]"
                  type="date"
                  defaultValue={nth("on", i)}
                />
              </div>
            ))}
          </div>
        </fieldset>
        <Button disabled={busy}>{busy ? t("Recording…") : t("Record the review")}</Button>
      </Form>
    </Card>
  );
}
