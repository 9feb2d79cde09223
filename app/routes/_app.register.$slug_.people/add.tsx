import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextArea, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { systemRoleNames, systemRoles } from "#app/domain/competence/person-details.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader, PeopleState } from "./route.tsx";

/** Several people at once: by addresses as pasted, or a whole department. */
export function AddPeople({ state }: { state: PeopleState }) {
  const t = useT();
  const { view, today } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  const field = (name: string) => {
    const value = state.values[name];
    return { name, defaultValue: typeof value === "string" ? value : "", error: state.errors[name] };
  };
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("Add people")}</h2>
      <Form method="post" className="space-y-5" noValidate>
        <Select label={t("What they do with it")} {...field("role")}>
          {systemRoles.map((one) => (
            <option key={one} value={one}>
              {t(systemRoleNames[one])}
            </option>
          ))}
        </Select>
        <TextArea
          label={t("E-mail addresses")}
          rows={4}
          hint={t("As pasted, separated by spaces, commas or lines.")}
          {...field("emails")}
        />
        <Select label={t("Or everybody of a department")} {...field("department")}>
          <option value="">{t("None")}</option>
          {view.departments.map((one) => (
            <option key={one} value={one} lang="en">
              {one}
            </option>
          ))}
        </Select>
        <TextField
          type="date"
          label={t("Last day (optional)")}
          hint={t("From the day after it asks nothing any more for this reason.")}
          min={today}
          {...field("lastDay")}
        />
        <Button disabled={busy}>{busy ? t("Adding…") : t("Add them")}</Button>
      </Form>
    </Card>
  );
}
