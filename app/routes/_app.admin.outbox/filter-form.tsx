import { Form, useActionData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextArea } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { action, Target } from "./route.tsx";

/** By which an administrator chooses what a store gets. Folded until it is needed, or something in it was refused. */
export function FilterForm({ target }: { target: Target }) {
  const t = useT();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const mine = refusal?.values["target"] === target.target ? refusal : null;
  const key = (name: string): string => `${name}-${encodeURIComponent(target.target)}`;
  return (
    <details className="mt-4" open={mine ? true : undefined}>
      <summary className="text-accent w-fit cursor-pointer py-2.5 text-sm font-semibold underline-offset-4 hover:underline">
        {t("Choose what it gets")}
        <span className="sr-only">: {target.target}</span>
      </summary>
      <Form method="post" className="bg-sunken mt-2 max-w-xl space-y-4 rounded-xl p-4" noValidate>
        <input type="hidden" name="intent" value="filter" />
        <input type="hidden" name="target" value={target.target} />
        <Select
          id={key("origin")}
          label={t("Whose statements")}
          {...fieldOf(mine, "origin", target.filter.origin)}
        >
          <option value="all">{t("All")}</option>
          <option value="own">{t("Those this product wrote")}</option>
          <option value="received">{t("Those that clients sent here")}</option>
        </Select>
        <TextArea
          id={key("verbs")}
          label={t("Verbs")}
          {...fieldOf(mine, "verbs", target.filter.verbs.join("\n"))}
          rows={3}
          hint={t("One a line, as an address or by a name of ours such as passed. Empty: any.")}
        />
        <TextArea
          id={key("activities")}
          label={t("Activities")}
          {...fieldOf(mine, "activities", target.filter.activities.join("\n"))}
          rows={3}
          hint={t("One a line: how the address of the activity begins. Empty: any object.")}
        />
        <Choice type="checkbox" name="again" value="yes" className="bg-surface">
          {t(
            "Also send what passed before: look at every statement again from the first. What the store has already it recognises by its id.",
          )}
        </Choice>
        <Button disabled={busy}>{busy ? t("Saving…") : t("Save")}</Button>
      </Form>
    </details>
  );
}
