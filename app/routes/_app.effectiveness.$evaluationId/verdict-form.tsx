import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm, textOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { verdictNames, verdicts } from "#app/domain/effectiveness/verdict.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Takes what the evaluator concludes. What the data do not allow is not offered. */
export function VerdictForm({ sent }: { sent: SentForm }) {
  const t = useT();
  const { result, owners } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const outcome = result?.body.outcome;
  const offered = verdicts.filter((one) =>
    outcome === "not_determinable" ? one === "not_determinable" : outcome === "met" || one !== "effective",
  );
  const { errors } = sent;
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("Record the verdict")}</h2>
      <Form method="post" className="space-y-6" noValidate>
        <fieldset aria-describedby={errors["verdict"] ? "verdict-error" : undefined}>
          <legend className="mb-2 text-sm font-semibold">{t("Was the training effective?")}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {offered.map((one) => (
              <Choice
                key={one}
                type="radio"
                name="verdict"
                value={one}
                defaultChecked={textOf(sent, "verdict") === one || offered.length === 1}
              >
                {t(verdictNames[one])}
              </Choice>
            ))}
          </div>
          {errors["verdict"] ? (
            <p id="verdict-error" className="text-bad-ink mt-1.5 text-sm font-medium">
              {errors["verdict"]}
            </p>
          ) : null}
        </fieldset>
        <TextArea
          label={t("Reasons")}
          {...fieldOf(sent, "reasoning")}
          rows={5}
          maxLength={4000}
          hint={t("What speaks for it and against it, drop-outs and other causes included.")}
        />
        <TextArea
          label={t("What follows (needed unless it was effective)")}
          {...fieldOf(sent, "followUp")}
          rows={3}
          maxLength={2000}
        />
        <div className="grid gap-6 sm:grid-cols-2">
          <Select label={t("Who does it")} {...fieldOf(sent, "followUpOwnerId")}>
            <option value="">{t("Nobody")}</option>
            {owners.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <TextField label={t("By when")} {...fieldOf(sent, "followUpOn")} type="date" />
          <TextField label={t("Check again on (optional)")} {...fieldOf(sent, "recheckOn")} type="date" />
        </div>
        <Button disabled={busy}>{t("Record the verdict")}</Button>
      </Form>
    </Card>
  );
}
