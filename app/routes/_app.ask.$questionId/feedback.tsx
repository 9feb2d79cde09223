import { Form, useActionData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { longestReason } from "#app/domain/assistant/feedback.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { action, QuestionView } from "./route.tsx";

/** Whether the answer helped: asked once, then shown as given with a way to change it. */
export function Feedback({ view }: { view: QuestionView }) {
  const t = useT();
  const state = useActionData<typeof action>();
  const sent = state?.values["intent"] === "feedback" ? state : null;
  if (view.viewer === "colleague") return null;
  const { feedback } = view;
  return (
    <Card as="section" id="feedback" className="print:hidden">
      <h2 className="text-lg">{t("Was this answer helpful?")}</h2>
      {feedback ? (
        <>
          <p className="mt-2">
            <Rich
              text={
                feedback.helpful
                  ? "You said <strong>yes</strong> on <day/>."
                  : "You said <strong>no</strong> on <day/>."
              }
              elements={{ strong: <strong />, day: <Day at={feedback.at.toISOString()} /> }}
            />
          </p>
          {feedback.reason ? (
            <blockquote className="border-line-strong mt-2 border-l-2 pl-3 text-sm whitespace-pre-line wrap-anywhere">
              {feedback.reason}
            </blockquote>
          ) : null}
          <details className="mt-2" open={sent ? true : undefined}>
            <summary className="text-accent w-fit cursor-pointer py-3 text-sm font-semibold">
              {t("Change it")}
            </summary>
            <FeedbackForm view={view} />
          </details>
        </>
      ) : (
        <FeedbackForm view={view} />
      )}
    </Card>
  );
}

function FeedbackForm({ view: { id, feedback } }: { view: QuestionView }) {
  const t = useT();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sent = state?.values["intent"] === "feedback" ? state : null;
  const given = feedback ? (feedback.helpful ? "yes" : "no") : "";
  const helpful = String(sent?.values["helpful"] ?? given);
  const error = sent?.errors["helpful"];
  return (
    <Form
      method="post"
      action={`/ask/${id}#feedback`}
      preventScrollReset
      noValidate
      className="mt-3 max-w-xl space-y-4"
      key={`${given}-${feedback?.at.toISOString() ?? ""}`}
    >
      <input type="hidden" name="intent" value="feedback" />
      <fieldset aria-describedby={error ? "helpful-error" : undefined}>
        <legend className="sr-only">{t("Was this answer helpful?")}</legend>
        <div className="grid grid-cols-2 gap-2">
          <Choice type="radio" name="helpful" value="yes" defaultChecked={helpful === "yes"}>
            {t("Yes")}
          </Choice>
          <Choice type="radio" name="helpful" value="no" defaultChecked={helpful === "no"}>
            {t("No")}
          </Choice>
        </div>
        {error ? (
          <p id="helpful-error" className="text-bad-ink mt-1.5 text-sm font-medium">
            {error}
          </p>
        ) : null}
      </fieldset>
      <TextArea
        label={t("Reason")}
        {...fieldOf(sent, "reason", feedback?.reason)}
        rows={3}
        maxLength={longestReason}
        hint={t(
          "Needed with a no: what was wrong or missing? Reviewers read it without your name; personal data is masked.",
        )}
      />
      <Button look="secondary" disabled={busy}>
        {busy ? t("Sending…") : t("Send feedback")}
      </Button>
    </Form>
  );
}
