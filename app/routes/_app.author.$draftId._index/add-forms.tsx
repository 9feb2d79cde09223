import { Form } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { itemTypeNames } from "#app/domain/content/plain-item.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";

const sentWith = (form: FormState, intent: string): FormState =>
  form.values["intent"] === intent ? form : { errors: {}, values: {} };

/** Adds a lesson at the end and opens it. */
export function AddLesson({ revision, form }: { revision: number; form: FormState }) {
  const t = useT();
  const sent = sentWith(form, "add-lesson");
  const title = sent.values["title"];
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="intent" value="add-lesson" />
      <input type="hidden" name="revision" value={revision} />
      <div className="min-w-0 grow sm:max-w-md">
        <TextField
          label={t("Title of a new lesson")}
          name="title"
          maxLength={120}
          defaultValue={typeof title === "string" ? title : ""}
          error={sent.errors["title"]}
        />
      </div>
      <Button look="secondary">{t("Add a lesson")}</Button>
    </Form>
  );
}

/** Adds an item at the end of the bank and opens it. */
export function AddItem({ revision, form }: { revision: number; form: FormState }) {
  const t = useT();
  const sent = sentWith(form, "add-item");
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="intent" value="add-item" />
      <input type="hidden" name="revision" value={revision} />
      <div className="min-w-0 grow sm:max-w-md">
        <Select label={t("Type of a new item")} name="type" error={sent.errors["type"]}>
          {Object.entries(itemTypeNames).map(([type, name]) => (
            <option key={type} value={type}>
              {t(name)}
            </option>
          ))}
        </Select>
      </div>
      <Button look="secondary">{t("Add an item")}</Button>
    </Form>
  );
}
