import { Form, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, Select, TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import {
  leaveKindNames,
  leaveKinds,
  systemRoleNames,
  systemRoles,
} from "#app/domain/competence/person-details.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { valueName } from "#app/components/rule-words.tsx";
import type { loader } from "./route.tsx";

/** What was sent for a field of one of the forms, or what stands. */
function fieldOf({ values, errors }: FormState, intent: string, name: string, otherwise = "") {
  if (values["intent"] !== intent) return { defaultValue: otherwise, error: undefined };
  const value = values[name];
  return { defaultValue: typeof value === "string" ? value : otherwise, error: errors[name] };
}

/** Where the person works, how, and in which audiences. */
export function Details({ form }: { form: FormState }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { details, history, today } = useLoaderData<typeof loader>();
  const { person, choices } = details;
  const text = (name: string, otherwise: string) => fieldOf(form, "details", name, otherwise);
  const sent = form.values["intent"] === "details" ? form.values["audiences"] : undefined;
  const held = sent === undefined ? person.audiences : [sent].flat();
  const error = form.values["intent"] === "details" ? form.errors["audiences"] : undefined;
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("Details")}</h2>
      <Form method="post" className="space-y-5" noValidate>
        <input type="hidden" name="intent" value="details" />
        <div className="grid gap-5 sm:grid-cols-2">
          <div className="space-y-2">
            <TextField
              label={t("Department")}
              name="department"
              list="departments"
              {...text("department", person.department)}
            />
            <Names id="departments" of={choices.departments} />
            <IsNew form={form} field="department" choice="newDepartment" known={choices.departments}>
              {(name) => t("“{{name}}” is a new department", { name })}
            </IsNew>
          </div>
          <div className="space-y-2">
            <TextField
              label={t("Location")}
              name="location"
              list="locations"
              {...text("location", person.location)}
            />
            <Names id="locations" of={choices.locations} />
            <IsNew form={form} field="location" choice="newLocation" known={choices.locations}>
              {(name) => t("“{{name}}” is a new location", { name })}
            </IsNew>
          </div>
          <TextField
            label={t("Type of employment")}
            name="employmentType"
            {...text("employmentType", person.employmentType)}
          />
          <TextField
            label={t("Share of work at a computer (%)")}
            name="computerShare"
            inputMode="numeric"
            {...text("computerShare", String(person.computerShare))}
          />
          <TextField
            label={t("Left on (optional)")}
            name="leftOn"
            type="date"
            {...text("leftOn", person.leftOn ?? "")}
          />
        </div>
        <fieldset aria-describedby={error ? "audiences-error" : undefined}>
          <legend className="mb-2 text-sm font-semibold">{t("Audiences")}</legend>
          {error ? (
            <p id="audiences-error" role="alert" className="text-bad-ink mb-2 text-sm font-medium">
              {error}
            </p>
          ) : null}
          <div className="grid gap-2 sm:grid-cols-2">
            {choices.audiences.map((one) => (
              <Choice
                key={one}
                type="checkbox"
                name="audiences[]"
                value={one}
                defaultChecked={held.includes(one)}
                className="py-2"
              >
                <span lang="en" className="text-sm">
                  {valueName("audience", one)}
                </span>
              </Choice>
            ))}
          </div>
        </fieldset>
        <div className="sm:max-w-sm">
          <TextField
            // Emptied once something is saved: the next change has a day of its own.
            key={history.length}
            label={t("True from (optional)")}
            name="from"
            type="date"
            max={today}
            hint={t("If it was so before today. Rules ask by it from today on.")}
            {...text("from", "")}
          />
        </div>
        <Button disabled={busy}>{busy ? t("Saving…") : t("Save the details")}</Button>
      </Form>
    </Card>
  );
}

/** The names there are already, offered while one is typed. */
function Names({ id, of }: { id: string; of: readonly string[] }) {
  return (
    <datalist id={id}>
      {of.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </datalist>
  );
}

/** Asks whether a name that nobody has yet is meant; nothing before one was sent. */
function IsNew({
  form: { values },
  field,
  choice,
  known,
  children,
}: {
  form: FormState;
  field: string;
  choice: string;
  known: readonly string[];
  children: (name: string) => string;
}) {
  const sent = values["intent"] === "details" ? values[field] : undefined;
  const name = typeof sent === "string" ? sent.trim() : "";
  if (name === "" || known.includes(name)) return null;
  return (
    <Choice key={name} type="checkbox" name={choice} value={name} defaultChecked={values[choice] === name}>
      {children(name)}
    </Choice>
  );
}

/** Systems that the person uses or oversees. */
export function Systems({ form }: { form: FormState }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { details } = useLoaderData<typeof loader>();
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("AI systems")}</h2>
      {details.systems.length + details.named.length === 0 ? (
        <p className="text-muted mb-4">{t("None recorded.")}</p>
      ) : (
        <ul className="divide-line mb-4 divide-y">
          {details.named.map((name) => (
            <li key={name} className="py-3">
              <span lang="en" className="font-semibold">
                {name}
              </span>{" "}
              <span className="text-muted text-sm">{t("Overseer by its register entry")}</span>
            </li>
          ))}
          {details.systems.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
              <span>
                <span lang="en" className="font-semibold">
                  {one.name}
                </span>{" "}
                <span className="text-muted text-sm">
                  {t(systemRoleNames[one.role])} · {one.from}
                </span>
              </span>
              <Form method="post">
                <input type="hidden" name="intent" value="end_system" />
                <input type="hidden" name="id" value={one.id} />
                <Button look="quiet" disabled={busy}>
                  {t("End it")}
                  <span className="sr-only">: {one.name}</span>
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form method="post" className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto]" noValidate>
        <input type="hidden" name="intent" value="system" />
        <Select label={t("System")} name="system" {...fieldOf(form, "system", "system")}>
          <option value="">{t("Choose …")}</option>
          {details.choices.systems.map(({ slug, name }) => (
            <option key={slug} value={slug} lang="en">
              {name}
            </option>
          ))}
        </Select>
        <Select label={t("What the person does with it")} name="role" {...fieldOf(form, "system", "role")}>
          {systemRoles.map((one) => (
            <option key={one} value={one}>
              {t(systemRoleNames[one])}
            </option>
          ))}
        </Select>
        <Button look="secondary" disabled={busy}>
          {t("Record it from today")}
        </Button>
      </Form>
    </Card>
  );
}

/** Leave, which puts due dates off. */
export function Leaves({ form }: { form: FormState }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const { details } = useLoaderData<typeof loader>();
  return (
    <Card as="section">
      <h2 className="mb-1 text-lg">{t("Leave")}</h2>
      <p className="text-muted mb-4 text-sm">
        {t(
          "Due dates move by the days of leave that fall into their time. When a competence ends does not move.",
        )}
      </p>
      {details.leaves.length === 0 ? <p className="text-muted mb-4">{t("None recorded.")}</p> : null}
      <ul className="divide-line mb-4 divide-y">
        {details.leaves.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
            <span>
              <span className="font-semibold">{t(leaveKindNames[one.kind])}</span>{" "}
              <span className="text-muted text-sm tabular-nums">
                {one.from} – {one.until}
              </span>
            </span>
            <Form method="post">
              <input type="hidden" name="intent" value="withdraw" />
              <input type="hidden" name="id" value={one.id} />
              <Button look="quiet" disabled={busy}>
                {t("Withdraw")}
                <span className="sr-only">
                  : {one.from} – {one.until}
                </span>
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      <Form
        // Emptied once one is recorded: the same again would be refused.
        key={details.leaves.map((one) => one.id).join()}
        method="post"
        className="grid items-start gap-4 sm:grid-cols-3"
        noValidate
      >
        <input type="hidden" name="intent" value="leave" />
        <Select label={t("Kind")} name="kind" {...fieldOf(form, "leave", "kind")}>
          {leaveKinds.map((one) => (
            <option key={one} value={one}>
              {t(leaveKindNames[one])}
            </option>
          ))}
        </Select>
        <TextField
          id="leave-from"
          label={t("First day")}
          name="from"
          type="date"
          {...fieldOf(form, "leave", "from")}
        />
        <TextField
          id="leave-until"
          label={t("Last day")}
          name="until"
          type="date"
          {...fieldOf(form, "leave", "until")}
        />
        <Button look="secondary" disabled={busy} className="sm:col-span-3 sm:w-fit">
          {t("Record the leave")}
        </Button>
      </Form>
    </Card>
  );
}
