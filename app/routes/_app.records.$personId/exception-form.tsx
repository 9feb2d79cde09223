import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { fieldOf, type SentForm, sentWith, textOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Intent } from "./fields.ts";
import { placeOf } from "./record-form.ts";

/** A folded form by which HR departs from the rule, with its reason. It unfolds by itself when something is missing. */
export function ExceptionForm({
  intent,
  id,
  title,
  about,
  send,
  danger = false,
  form,
  hint,
  children,
}: {
  intent: Intent;
  id: string;
  title: string;
  /** What it is about, for those who hear the page: several forms have the same title. */
  about: string;
  send: string;
  danger?: boolean;
  form: SentForm;
  hint: string;
  children?: (sent: SentForm) => ReactNode;
}) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const sent = sentWith(form, intent, id);
  const place = placeOf(intent, id);
  return (
    <details id={place} open={textOf(sent, "intent") === intent ? true : undefined}>
      <summary className="text-accent w-fit cursor-pointer py-2.5 text-sm font-semibold underline-offset-4 hover:underline">
        {title}
        <span className="sr-only">: {about}</span>
      </summary>
      <Form method="post" className="bg-sunken mt-2 max-w-xl space-y-4 rounded-xl p-4" noValidate>
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="id" value={id} />
        <TextArea
          id={`${place}-reason`}
          label={t("Reason")}
          {...fieldOf(sent, "reason")}
          rows={3}
          maxLength={500}
          hint={hint}
        />
        <p className="text-muted text-sm">{t("Do not name other people here.")}</p>
        {children?.(sent)}
        <Button look={danger ? "danger" : "primary"} disabled={busy}>
          {busy ? t("Saving…") : send}
        </Button>
      </Form>
    </details>
  );
}
