import { Form, useNavigation } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { type SentForm, sentWith } from "./form-text.ts";
import { Button } from "./ui/button.tsx";
import { Confirmation } from "./ui/field.tsx";

/** A change of one of several on a page (`of`), folded away, and sent only with a tick beside what it destroys. */
export function ConfirmedForm({
  intent,
  of: { id, name },
  form,
  title,
  hint,
  confirm,
  send,
  danger = false,
}: {
  intent: string;
  of: { id: string; name: string };
  form: SentForm;
  title: string;
  hint?: string;
  confirm: string;
  send: string;
  danger?: boolean;
}) {
  const t = useT();
  const sent = useNavigation().formData;
  const busy = sent?.get("intent") === intent && sent.get("id") === id;
  const error = sentWith(form, intent, id).errors["confirmed"];
  const errorId = `${intent}-${id}-error`;
  return (
    <details open={error ? true : undefined}>
      <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
        {title}
        <span className="sr-only">: {name}</span>
      </summary>
      <Form method="post" className="bg-sunken space-y-4 rounded-xl p-4" noValidate>
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="id" value={id} />
        {hint === undefined ? null : <p className="text-muted text-sm">{hint}</p>}
        <Confirmation errorId={errorId} error={error}>
          {confirm}
        </Confirmation>
        <Button
          look={danger ? "danger" : "secondary"}
          disabled={busy}
          aria-label={t("{{what}}: {{name}}", { what: send, name })}
        >
          {busy ? t("Sending…") : send}
        </Button>
      </Form>
    </details>
  );
}
