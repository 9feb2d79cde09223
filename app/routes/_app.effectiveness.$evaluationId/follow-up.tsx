import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { actionStatusNames } from "#app/domain/competence/corrective-action.ts";
import type { FormState } from "#app/http/form.server.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What became of what follows from a verdict: corrective actions opened for it, and its close. */
export function FollowUp({ sent }: { sent: FormState }) {
  const t = useT();
  const { followUp, verdict } = useLoaderData<typeof loader>();
  const busy = useNavigation().formData?.get("intent") === "close";
  if (!followUp || !verdict) return null;
  const { closed, mayClose, newAction, actions } = followUp;
  return (
    <div className="border-line mt-5 border-t pt-5">
      {closed ? (
        <>
          <p className="font-semibold">
            <Rich
              text="Done: closed by {{name}} on <time/>"
              values={{ name: closed.by }}
              elements={{ time: <Moment at={closed.at.toISOString()} /> }}
            />
          </p>
          <p className="mt-1 max-w-[65ch] whitespace-pre-line wrap-anywhere">{closed.note}</p>
        </>
      ) : null}
      {actions.length > 0 ? (
        <ul className="mt-3 space-y-1 text-sm" aria-label={t("Corrective actions")}>
          {actions.map(({ id, number, status }) => (
            <li key={id}>
              <Link to={`/actions/${id}`} className="text-accent underline underline-offset-4">
                {t("Corrective action {{number}}", { number })}
              </Link>{" "}
              <span className="text-muted">{t(actionStatusNames[status])}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {newAction !== null && verdict.verdict !== "effective" ? (
        <p className="mt-4">
          <ButtonLink to={newAction} look="secondary">
            {t("Open a corrective action")}
          </ButtonLink>
        </p>
      ) : null}
      {mayClose ? (
        <Form method="post" className="mt-5 space-y-4" noValidate>
          <TextArea
            label={t("What was done")}
            {...fieldOf(sent, "note")}
            rows={3}
            maxLength={2000}
            hint={t("Closes the follow-up for good. Do not name people here.")}
          />
          <Button name="intent" value="close" look="secondary" disabled={busy}>
            {busy ? t("Saving…") : t("Close the follow-up")}
          </Button>
        </Form>
      ) : null}
    </div>
  );
}
