import { Form, useActionData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea, TextField } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { action } from "./route.tsx";

/** That somebody leaves, and a request of somebody who has left. */
export function Leavers() {
  const t = useT();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const sent = (intent: string) => (refusal?.values["intent"] === intent ? refusal : null);
  const text = (intent: string, name: string): string => {
    const value = sent(intent)?.values[name];
    return typeof value === "string" ? value : "";
  };
  const box = "bg-sunken space-y-4 rounded-xl p-4";
  return (
    <section aria-labelledby="leavers" className="space-y-4">
      <h2 id="leavers" className="text-xl">
        {t("People who leave")}
      </h2>
      <p className="text-muted text-sm">{t("They lose access at once on that day; their record stays.")}</p>
      <div className="grid gap-6 lg:grid-cols-2">
        <Form method="post" className={box} noValidate>
          <input type="hidden" name="intent" value="left" />
          <h3 className="text-base">{t("Record that somebody leaves")}</h3>
          <TextField
            id="left-email"
            label={t("E-mail of the person")}
            name="email"
            type="email"
            defaultValue={text("left", "email")}
            error={sent("left")?.errors["email"]}
          />
          <TextField
            id="left-on"
            label={t("First day without access")}
            name="leftOn"
            type="date"
            defaultValue={text("left", "leftOn")}
            error={sent("left")?.errors["leftOn"]}
          />
          <Button look="secondary" disabled={busy}>
            {t(busy ? "Saving…" : "Record")}
          </Button>
        </Form>
        <Form method="post" className={box} noValidate>
          <input type="hidden" name="intent" value="file" />
          <h3 className="text-base">{t("File a request for somebody who has left")}</h3>
          <TextField
            id="file-email"
            label={t("E-mail of the person")}
            name="email"
            type="email"
            defaultValue={text("file", "email")}
            error={sent("file")?.errors["email"]}
          />
          <TextArea
            id="file-reason"
            label={t("What they ask for")}
            name="reason"
            rows={2}
            maxLength={500}
            defaultValue={text("file", "reason")}
            error={sent("file")?.errors["reason"]}
          />
          <Button look="secondary" disabled={busy}>
            {t(busy ? "Saving…" : "File the request")}
          </Button>
        </Form>
      </div>
    </section>
  );
}
