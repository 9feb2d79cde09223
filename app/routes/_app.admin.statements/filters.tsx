import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { View } from "./route.tsx";

/** What the list is narrowed to: three common fields, and the exact ones below. */
export function Filters({ view: { filter, verbNames, clients, query } }: { view: View }) {
  const t = useT();
  const { activity, registration, id, since, until } = filter;
  const exact = [activity, registration, id, since, until].some((value) => value !== null);
  return (
    <Form role="search" aria-label={t("Evidence")} className="mb-6 space-y-4">
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <TextField
          label={t("Person")}
          name="person"
          type="search"
          maxLength={100}
          defaultValue={filter.person ?? ""}
          placeholder={t("Name, or part of it")}
        />
        <TextField
          label={t("Verb")}
          name="verb"
          list="verbs"
          autoComplete="off"
          maxLength={2000}
          defaultValue={filter.verb ?? ""}
          placeholder={t("passed, or the IRI of any verb")}
        />
        <datalist id="verbs" lang="en">
          {verbNames.map((verb) => (
            <option key={verb}>{verb}</option>
          ))}
        </datalist>
        <Select label={t("From")} name="from" defaultValue={filter.from ?? ""}>
          <option value="">{t("All")}</option>
          <option value="own">{t("This product")}</option>
          {clients.map(({ key, name }) => (
            <option key={key} value={key}>
              {name} ({key})
            </option>
          ))}
        </Select>
      </div>
      <details open={exact}>
        <summary className="w-fit cursor-pointer py-2 text-sm font-semibold">{t("More conditions")}</summary>
        <div className="mt-2 grid items-end gap-4 sm:grid-cols-2">
          <TextField
            label={t("Activity")}
            name="activity"
            autoComplete="off"
            maxLength={2000}
            defaultValue={activity ?? ""}
            placeholder={t("IRI of the activity")}
          />
          <TextField
            label={t("Registration")}
            name="registration"
            autoComplete="off"
            maxLength={100}
            defaultValue={registration ?? ""}
            placeholder={t("UUID of a period")}
          />
          <TextField
            label={t("Statement")}
            name="id"
            autoComplete="off"
            maxLength={100}
            defaultValue={id ?? ""}
            placeholder={t("UUID of the statement")}
          />
          <div className="grid grid-cols-2 items-end gap-4">
            <TextField label={t("Stored from (UTC)")} name="since" type="date" defaultValue={since ?? ""} />
            <TextField label={t("Stored until (UTC)")} name="until" type="date" defaultValue={until ?? ""} />
          </div>
        </div>
      </details>
      <div className="flex flex-wrap gap-3">
        <Button look="secondary">{t("Show")}</Button>
        {query === "" ? null : (
          <ButtonLink to="/admin/statements" look="quiet">
            {t("Show all")}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
