import { Form, Link, useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { filterQuery } from "#app/domain/competence/board.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { boardAddress } from "./address.ts";
import type { loader } from "./route.tsx";

/** Which day the board is of, and what it knows of it; another day can be asked for. */
export function AsAtView() {
  const { asAt } = useLoaderData<typeof loader>();
  return (
    <div className="mb-6 space-y-3">
      {asAt ? <Shown /> : null}
      <Choose />
    </div>
  );
}

function Shown() {
  const t = useT();
  const { asAt, filter } = useLoaderData<typeof loader>();
  if (!asAt) return null;
  const then = asAt.known === "then";
  const other = { at: asAt.day, known: then ? "now" : "then" };
  const on = { day: <Day at={asAt.day} /> };
  return (
    <div role="status" className="bg-info-soft text-info-ink space-y-2 rounded-xl px-4 py-3 text-sm">
      <p className="font-semibold">
        {then ? (
          <Rich text="As at <day/>: what was known then" elements={on} />
        ) : (
          <Rich text="As at <day/>: what is known now about then" elements={on} />
        )}
      </p>
      <p className="max-w-[75ch] text-pretty">
        {then
          ? t("Only what had been recorded by the end of that day (UTC) counts. It never changes.")
          : t("Everything recorded until now about that day counts, corrections and imports included.")}{" "}
        {t("People are shown with the department, the manager and the other details of that day.")}
      </p>
      <p className="flex flex-wrap gap-x-5">
        <Link className={link} to={boardAddress(filter, {}, null, other)}>
          {then ? t("Show what is known now about then") : t("Show what was known then")}
        </Link>
        <Link className={link} to={boardAddress(filter)}>
          {t("Back to today")}
        </Link>
      </p>
    </div>
  );
}

const link = "inline-flex min-h-11 items-center font-semibold underline underline-offset-4";

function Choose() {
  const t = useT();
  const { asAt, filter, today } = useLoaderData<typeof loader>();
  return (
    <details key={asAt?.day}>
      <summary className="text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold">
        {asAt ? t("Look back at another day") : t("Look back at a day")}
      </summary>
      <Form className="mt-2 grid items-end gap-3 sm:grid-cols-[12rem_18rem_auto] sm:justify-start">
        {[...new URLSearchParams(filterQuery(filter))].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TextField
          label={t("Day")}
          name="at"
          type="date"
          required
          max={today}
          defaultValue={asAt?.day ?? ""}
        />
        <Select label={t("What may be known")} name="known" defaultValue={asAt?.known ?? "then"}>
          <option value="then">{t("What was known then")}</option>
          <option value="now">{t("What is known now about then")}</option>
        </Select>
        <Button look="secondary">{t("Look back")}</Button>
      </Form>
    </details>
  );
}
