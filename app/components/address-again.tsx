import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** Has a refused address written to again; the page of messages says what became of it. */
export function TryAgain({ personId, name }: { personId: string; name: string }) {
  const t = useT();
  const busy = useNavigation().formData?.get("again") === personId;
  return (
    <Form method="post" action="/admin/messages">
      <input type="hidden" name="again" value={personId} />
      <Button look="secondary" disabled={busy} aria-label={t("Try the address of {{name}} again", { name })}>
        {t("Try again")}
      </Button>
    </Form>
  );
}
