import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { BulkKind } from "#app/domain/competence/bulk.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { action, loader } from "./route.tsx";

type Words = { what: string; send: string };
const endThem = {
  what: msg("The waivers it granted end now. That they were granted and ended stays on the record."),
  send: msg("End these waivers"),
};
const words: Partial<Record<BulkKind, Words>> = {
  grant_waiver: endThem,
  regrant_waiver: endThem,
  end_waiver: {
    what: msg("Each waiver it ended is granted anew, for its former reason, where its last day is ahead."),
    send: msg("Grant these waivers anew"),
  },
  remind: {
    what: msg("Reminders that have not been sent yet are called back. What was sent stays sent."),
    send: msg("Call these reminders back"),
  },
  retrain: {
    what: msg(
      "For those who have not begun, the competence counts as long as before. Where somebody has begun, it stays asked.",
    ),
    send: msg("Take this back"),
  },
  assign: {
    what: msg("Where no rule asks it, what is open ends today. What was proven stays on the record."),
    send: msg("Withdraw these assignments"),
  },
};

/** Taking an action back, with the reason. */
export function Undo() {
  const t = useT();
  const { undoId, view } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { what, send } = words[view.kind] ?? endThem;
  return (
    <details open={state ? true : undefined} className="mt-8">
      <summary className="text-bad-ink inline-flex min-h-11 cursor-pointer items-center font-semibold">
        {t("Take it back …")}
      </summary>
      <Card as="section" className="mt-2">
        {state?.message ? (
          <div className="mb-4">
            <Notice tone="bad" role="alert">
              {state.message}
            </Notice>
          </div>
        ) : null}
        <Form method="post" className="space-y-4" noValidate>
          <input type="hidden" name="undoId" value={undoId} />
          <p className="text-pretty">{t(what)}</p>
          <TextArea label={t("Reason")} {...fieldOf(state, "reason")} rows={3} maxLength={500} />
          <Button look="danger">{t(send)}</Button>
        </Form>
      </Card>
    </details>
  );
}
