import { Form, useNavigation } from "@remix-run/react";
import { fieldOf, type SentForm, textsOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import { scopeTexts } from "./scope-texts.ts";

/** Lets a new client in. */
export function CreateForm({ form }: { form: SentForm }) {
  const t = useT();
  const busy = useNavigation().formData?.get("intent") === "create";
  const chosen = textsOf(form, "scopes");
  const refusedScopes = form.errors["scopes"];
  return (
    <Card as="section" id="create">
      <h2 className="text-lg">{t("Create a client")}</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="create" />
        <TextField
          label={t("Name")}
          {...fieldOf(form, "name")}
          autoComplete="off"
          maxLength={200}

          hint={t("What it is and where it runs. Its statements carry this name.")}
        />
        <fieldset aria-describedby={refusedScopes ? "scopes-error" : undefined}>
          <legend className="mb-1.5 text-sm font-semibold">{t("What it may do")}</legend>
          <div className="space-y-2">
            {Object.entries(scopeTexts).map(([scope, text]) => (
              <Choice
                key={scope}
                type="checkbox"
                name="scopes[]"
                value={scope}
                defaultChecked={chosen.includes(scope)}
                aria-invalid={refusedScopes ? true : undefined}
              >
                <span className="block font-mono text-sm font-semibold">{scope}</span>
                <span className="text-muted block text-sm">{t(text)}</span>
              </Choice>
            ))}
          </div>
          {refusedScopes ? (
            <p id="scopes-error" className="text-bad-ink mt-1.5 text-sm font-medium">
              {refusedScopes}
            </p>
          ) : null}
        </fieldset>
        <TextField
          label={t("Requests a minute, at most")}
          {...fieldOf(form, "ratePerMinute")}
          inputMode="numeric"
          autoComplete="off"

          hint={t("Nothing for no limit.")}
        />
        <TextField
          label={t("Bytes in one request, at most")}
          {...fieldOf(form, "bodyLimitBytes")}
          inputMode="numeric"
          autoComplete="off"

          hint={t("From 1000 to 100000000. Nothing for 10485760, which holds several thousand statements.")}
        />
        <Button disabled={busy}>{busy ? t("Creating…") : t("Create the client")}</Button>
      </Form>
    </Card>
  );
}
