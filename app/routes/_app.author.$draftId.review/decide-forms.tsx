import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea } from "#app/components/ui/field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { draftRefusalWords } from "#app/domain/content/draft.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { ReviewPage } from "./route.tsx";

/** What the second person decides: publish, or send back with a reason. Authors may take their draft back. */
export function DecideForms({ page, form }: { page: ReviewPage; form: FormState }) {
  const { head, decide, declaration, mayTakeBack } = page;
  const t = useT();
  const busy = useNavigation().state !== "idle";
  if (head.status !== "submitted") return null;
  const returned = form.values["intent"] === "return" ? form : { errors: {}, values: {} };
  const reason = returned.values["reason"];
  const errors: Record<string, string> = returned.errors;
  const hidden = (intent: string) => (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="revision" value={head.revision} />
    </>
  );
  return (
    <div className="space-y-6">
      {decide?.ok ? (
        <Card as="section">
          <h2 className="mb-4 text-lg">{t("Publish")}</h2>
          <Form method="post" className="space-y-4">
            {hidden("publish")}
            <Choice type="checkbox" name="read" value="yes">
              {head.base === null
                ? t("I have read the module.")
                : declaration.change === "material"
                  ? t("I have read the changes and declare them material as well.")
                  : t("I have read the changes and declare them editorial as well.")}
            </Choice>
            {form.values["intent"] === "publish" && form.errors["read"] ? (
              <p role="alert" className="text-bad-ink text-sm font-medium">
                {form.errors["read"]}
              </p>
            ) : null}
            <Button disabled={busy}>
              {busy ? t("Publishing…") : t("Publish {{version}}", { version: declaration.version ?? "" })}
            </Button>
          </Form>
        </Card>
      ) : decide ? (
        <Notice>{t(draftRefusalWords[decide.reason])}</Notice>
      ) : null}
      {decide?.ok || decide?.reason === "base_changed" ? (
        <Card as="section">
          <h2 className="mb-4 text-lg">{t("Send back")}</h2>
          <Form method="post" className="space-y-4">
            {hidden("return")}
            <TextArea
              label={t("Reason")}
              name="reason"
              rows={4}
              maxLength={1000}
              hint={t("Its authors read it, and so do auditors.")}
              defaultValue={typeof reason === "string" ? reason : ""}
              error={errors["reason"]}
            />
            <Button look="secondary" disabled={busy}>
              {t("Send back")}
            </Button>
          </Form>
        </Card>
      ) : null}
      {mayTakeBack && !decide?.ok ? (
        <Form method="post">
          {hidden("take-back")}
          <Button look="secondary" disabled={busy}>
            {t("Take it back and write on")}
          </Button>
        </Form>
      ) : null}
    </div>
  );
}
