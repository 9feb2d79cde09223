import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { type ActionStep, verdictNames, verdicts } from "#app/domain/competence/corrective-action.ts";
import type { FormState } from "#app/http/form.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

const words: Record<Exclude<ActionStep, "opened">, { title: string; note: string; send: string }> = {
  planned: {
    title: msg("Plan the action"),
    note: msg("What will be done"),
    send: msg("Record the plan"),
  },
  done: { title: msg("Carry it out"), note: msg("What was done"), send: msg("Record as carried out") },
  verified: {
    title: msg("Verify the effect"),
    note: msg("Conclusion (if there is more to say)"),
    send: msg("Record the verdict"),
  },
  closed: { title: msg("Close the action"), note: msg("Closing note (if any)"), send: msg("Close it") },
  reopened: { title: msg("Open it again"), note: msg("Why it is opened again"), send: msg("Open again") },
};

/** The form of one step; what was sent with it comes back when something is missing. */
export function StepForm({ step, state }: { step: ActionStep; state: FormState | undefined }) {
  const t = useT();
  const { action, today, steps } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  if (step === "opened") return null;
  const mine = state?.values["step"] === step ? state : undefined;
  const sent = (name: string, usual = ""): string => {
    const value = mine?.values[name];
    return typeof value === "string" ? value : usual;
  };
  const error = (name: string): string | undefined => mine?.errors[name];
  const { title, note, send } = words[step];
  const area = (name: string, label: string, hint?: string) => (
    <TextArea
      id={`${step}-${name}`}
      label={label}
      name={name}
      rows={3}
      maxLength={2000}
      hint={hint}
      defaultValue={sent(name)}
      error={error(name)}
    />
  );
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">
        {step === "planned" && steps.length > 1 ? t("Plan it anew") : t(title)}
      </h2>
      <Form method="post" className="space-y-5" noValidate>
        <input type="hidden" name="step" value={step} />
        {step === "planned" ? area("cause", t("Why it happened")) : null}
        {step === "verified" ? (
          <>
            <fieldset>
              <legend className="mb-2 text-sm font-semibold">{t("Did it have the effect?")}</legend>
              {error("verdict") ? (
                <p className="text-bad-ink mb-2 text-sm font-medium">{error("verdict")}</p>
              ) : null}
              <div className="grid gap-2.5 sm:grid-cols-2">
                {verdicts.map((verdict) => (
                  <Choice
                    key={verdict}
                    type="radio"
                    name="verdict"
                    value={verdict}
                    defaultChecked={sent("verdict") === verdict}
                  >
                    {t(verdictNames[verdict])}
                  </Choice>
                ))}
              </div>
            </fieldset>
            {area(
              "method",
              t("How the effect was checked"),
              t("For example a retention check, or a sample of work."),
            )}
            <div className="grid gap-5 sm:grid-cols-2">
              <TextField
                label={t("Measured before")}
                name="before"
                maxLength={100}
                defaultValue={sent("before")}
                error={error("before")}
              />
              <TextField
                label={t("Measured after")}
                name="after"
                maxLength={100}
                defaultValue={sent("after")}
                error={error("after")}
              />
            </div>
          </>
        ) : null}
        {area("note", t(note))}
        {step === "planned" ? (
          <div className="grid gap-5 sm:grid-cols-2">
            <TextField
              label={t("Owner (e-mail)")}
              name="owner"
              type="email"
              defaultValue={sent("owner", action.ownerEmail)}
              error={error("owner")}
            />
            <TextField
              label={t("Due on")}
              name="dueOn"
              type="date"
              min={today}
              defaultValue={sent("dueOn", action.dueOn)}
              error={error("dueOn")}
            />
          </div>
        ) : null}
        <Button look={step === "planned" && steps.length > 1 ? "secondary" : "primary"} disabled={busy}>
          {busy ? t("Saving…") : t(send)}
        </Button>
      </Form>
    </Card>
  );
}
