import { Form, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { type FormState, textOf, textsOf } from "./client-form.ts";
import { scopeTexts } from "./scope-texts.ts";

/** Lets a new client in. */
export function CreateForm({ form }: { form: FormState }) {
  const busy = useNavigation().formData?.get("intent") === "create";
  const chosen = textsOf(form, "scopes");
  const refusedScopes = form.errors["scopes"];
  return (
    <Card as="section" id="create">
      <h2 className="text-lg">Create a client</h2>
      <Form method="post" className="mt-4 space-y-5" noValidate>
        <input type="hidden" name="intent" value="create" />
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          maxLength={200}
          defaultValue={textOf(form, "name")}
          hint="What it is and where it runs. Its statements carry this name."
          error={form.errors["name"]}
        />
        <fieldset aria-describedby={refusedScopes ? "scopes-error" : undefined}>
          <legend className="mb-1.5 text-sm font-semibold">What it may do</legend>
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
                <span className="text-muted block text-sm">{text}</span>
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
          label="Requests a minute, at most"
          name="ratePerMinute"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={textOf(form, "ratePerMinute")}
          hint="Nothing for no limit."
          error={form.errors["ratePerMinute"]}
        />
        <TextField
          label="Bytes in one request, at most"
          name="bodyLimitBytes"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={textOf(form, "bodyLimitBytes")}
          hint="From 1000 to 100000000. Nothing for 10485760, which holds several thousand statements."
          error={form.errors["bodyLimitBytes"]}
        />
        <Button disabled={busy}>{busy ? "Creating…" : "Create the client"}</Button>
      </Form>
    </Card>
  );
}
