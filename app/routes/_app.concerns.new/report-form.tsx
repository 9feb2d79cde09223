import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextArea, TextField } from "#app/components/ui/field.tsx";
import {
  concernKindHints,
  concernKindNames,
  concernKinds,
  longestConcern,
  longestTool,
} from "#app/domain/assistant/concern.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

/** What happened, what kind of thing it is, and whether the reporter signs it. */
export function ReportForm({ form }: { form: FormState }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { errors, values } = form;
  return (
    <Form method="post" className="space-y-6" noValidate>
      <TextArea
        label={t("What happened?")}
        name="text"
        rows={8}
        required
        maxLength={longestConcern}
        hint={t(
          "Say which tool, which data, who may be affected and what you have done. Leave out the data itself.",
        )}
        defaultValue={typeof values["text"] === "string" ? values["text"] : ""}
        error={errors["text"]}
      />
      <fieldset aria-describedby={errors["kind"] ? "kind-error" : undefined}>
        <legend className="mb-2 text-sm font-semibold">{t("What is it?")}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {concernKinds.map((kind) => (
            <Choice
              key={kind}
              type="radio"
              name="kind"
              value={kind}
              required
              defaultChecked={values["kind"] === kind}
            >
              <span className="font-semibold">{t(concernKindNames[kind])}</span>
              <span className="text-muted block text-sm">{t(concernKindHints[kind])}</span>
            </Choice>
          ))}
        </div>
        {errors["kind"] ? (
          <p id="kind-error" className="text-bad-ink mt-1.5 text-sm font-medium">
            {errors["kind"]}
          </p>
        ) : null}
      </fieldset>
      <TextField
        label={t("Which tool is it about? (optional)")}
        name="tool"
        autoComplete="off"
        maxLength={longestTool}
        hint={t(
          "For a tool nobody approved: its name, or where to find it. Whoever uses it is not asked for.",
        )}
        defaultValue={typeof values["tool"] === "string" ? values["tool"] : ""}
        error={errors["tool"]}
      />
      <Choice type="checkbox" name="anonymous" value="yes" defaultChecked={values["anonymous"] === "yes"}>
        <span className="font-semibold">{t("Send without my name")}</span>
        <span className="text-muted block text-sm">
          {t(
            "You get a code to read the answer with. Leave out what gives you away, such as your role or a conversation only you had.",
          )}
        </span>
      </Choice>
      <div className="flex flex-wrap items-center gap-4">
        <Button disabled={busy}>{busy ? t("Sending…") : t("Send report")}</Button>
        <p className="text-muted max-w-prose text-sm">
          {t(
            "Names, addresses, numbers that lead to a person, and passwords are masked before anything is stored, where they are recognised.",
          )}
        </p>
      </div>
    </Form>
  );
}
