import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** A few paragraphs; an account of a cause that needs more belongs into a document of its own. */
export const longestNote = 4000;

type Props = { mayAcknowledge: boolean; named: boolean; form: FormState };

/** What a reviewer does with a report: confirm its receipt, answer, close. */
export function HandleForm({ mayAcknowledge, named, form }: Props) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { note } = form.values;
  return (
    <Card as="section">
      <h2 className="text-xl">{t("Answer")}</h2>
      <p className="text-muted mt-1 text-sm">
        {named
          ? t("The reporter reads it on this page. Do not pass on who reported.")
          : t("The reporter reads it with the follow-up code. Do not try to find out who it is.")}
      </p>
      {form.message ? (
        <div className="mt-4">
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="mt-5 space-y-4" noValidate>
        <TextArea
          label={t("Your text")}
          name="note"
          rows={5}
          maxLength={longestNote}
          hint={t(
            "To answer: what you make of it and what happens next. To close: the cause, and what has changed.",
          )}
          defaultValue={typeof note === "string" ? note : ""}
          error={form.errors["note"] ?? form.errors["intent"]}
        />
        <div className="flex flex-wrap gap-3">
          <Button name="intent" value="answer" disabled={busy}>
            {t("Send answer")}
          </Button>
          <Button name="intent" value="close" look="secondary" disabled={busy}>
            {t("Send and close")}
          </Button>
        </div>
      </Form>
      {mayAcknowledge ? (
        <Form method="post" className="border-line mt-6 border-t pt-4">
          <input type="hidden" name="intent" value="acknowledge" />
          <Button look="quiet" className="-ml-4" disabled={busy}>
            {t("Only confirm receipt for now")}
          </Button>
        </Form>
      ) : null}
    </Card>
  );
}
