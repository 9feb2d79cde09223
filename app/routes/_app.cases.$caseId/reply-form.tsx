import { Form, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { CaseView } from "./view.server.ts";

/** The asker's answer to what the reviewer wants to know. */
export function ReplyForm({ view, form }: { view: CaseView; form: SentForm }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const asked = view.history.findLast((event) => event.kind === "information_requested");
  return (
    <Card as="section">
      <h2 className="text-xl">
        {asked ? t("{{name}} needs to know more", { name: asked.actor }) : t("More is needed")}
      </h2>
      {asked ? <p className="mt-3 whitespace-pre-line wrap-anywhere">{asked.note}</p> : null}
      <Form method="post" className="mt-5 space-y-4" noValidate>
        <input type="hidden" name="intent" value="reply" />
        {form.message ? (
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        ) : null}
        <TextArea
          label={t("Your answer")}
          {...fieldOf(form, "note")}
          rows={5}
          maxLength={4000}

          hint={t("Leave out names and documents of the people concerned.")}
        />
        <Button disabled={busy}>{busy ? t("Sending…") : t("Send answer")}</Button>
      </Form>
    </Card>
  );
}
