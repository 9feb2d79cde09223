import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import type { View } from "./route.tsx";

/** What the list is narrowed to: three common fields, and the exact ones below. */
export function Filters({ view: { filter, verbNames, clients, query } }: { view: View }) {
  const { activity, registration, id, since, until } = filter;
  const exact = [activity, registration, id, since, until].some((value) => value !== null);
  return (
    <Form role="search" aria-label="Evidence" className="mb-6 space-y-4">
      <div className="grid items-end gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <TextField
          label="Person"
          name="person"
          type="search"
          maxLength={100}
          defaultValue={filter.person ?? ""}
          placeholder="Name, or part of it"
        />
        <TextField
          label="Verb"
          name="verb"
          list="verbs"
          autoComplete="off"
          maxLength={2000}
          defaultValue={filter.verb ?? ""}
          placeholder="passed, or the IRI of any verb"
        />
        <datalist id="verbs">
          {verbNames.map((verb) => (
            <option key={verb}>{verb}</option>
          ))}
        </datalist>
        <Select label="From" name="from" defaultValue={filter.from ?? ""}>
          <option value="">All</option>
          <option value="own">This product</option>
          {clients.map(({ key, name }) => (
            <option key={key} value={key}>
              {name} ({key})
            </option>
          ))}
        </Select>
      </div>
      <details open={exact}>
        <summary className="w-fit cursor-pointer py-2 text-sm font-semibold">More conditions</summary>
        <div className="mt-2 grid items-end gap-4 sm:grid-cols-2">
          <TextField
            label="Activity"
            name="activity"
            autoComplete="off"
            maxLength={2000}
            defaultValue={activity ?? ""}
            placeholder="IRI of the activity"
          />
          <TextField
            label="Registration"
            name="registration"
            autoComplete="off"
            maxLength={100}
            defaultValue={registration ?? ""}
            placeholder="UUID of a period"
          />
          <TextField
            label="Statement"
            name="id"
            autoComplete="off"
            maxLength={100}
            defaultValue={id ?? ""}
            placeholder="UUID of the statement"
          />
          <div className="grid grid-cols-2 items-end gap-4">
            <TextField label="Stored from (UTC)" name="since" type="date" defaultValue={since ?? ""} />
            <TextField label="Stored until (UTC)" name="until" type="date" defaultValue={until ?? ""} />
          </div>
        </div>
      </details>
      <div className="flex flex-wrap gap-3">
        <Button look="secondary">Show</Button>
        {query === "" ? null : (
          <ButtonLink to="/admin/statements" look="quiet">
            Show all
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
