import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { StateBadge } from "#app/components/state-badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { asAtOf, asAtQuery } from "#app/domain/competence/as-at.ts";
import { recordAsAt } from "#app/domain/competence/record-as-at.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { DetailsThen } from "./details-then.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.person.name ?? t("Record"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const personId = params["personId"] ?? "";
  const asAt = asAtOf(asAtQuery.parse(Object.fromEntries(new URL(request.url).searchParams)), now);
  // Of today there is the record itself.
  if (asAt === null) throw redirect(`/records/${personId}`);
  const record = found(await recordAsAt(context.db, actor, personId, asAt, now));
  return { ...record, asAt, today: now.toISOString().slice(0, 10) };
}

export default function RecordAsAtPage() {
  const t = useT();
  const { person, requirements, acknowledgements, asAt } = useLoaderData<typeof loader>();
  const then = asAt.known === "then";
  const on = { day: <Day at={asAt.day} /> };
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/records/${person.id}`} className="underline underline-offset-4">
            {t("The record of today")}
          </Link>
        }
        title={person.name}
        lead={
          then ? (
            <Rich text="As at <day/>: what was known then" elements={on} />
          ) : (
            <Rich text="As at <day/>: what is known now about then" elements={on} />
          )
        }
      />
      <p className="bg-info-soft text-info-ink mb-6 rounded-xl px-4 py-3 text-sm text-pretty">
        {then
          ? t("Only what had been recorded by the end of that day (UTC) counts. It never changes.")
          : t("Everything recorded until now about that day counts, corrections and imports included.")}{" "}
        <Link
          to={`?at=${asAt.day}&known=${then ? "now" : "then"}`}
          className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4"
        >
          {then ? t("Show what is known now about then") : t("Show what was known then")}
        </Link>
      </p>
      <OtherDay />
      <DetailsThen />
      <div className="space-y-4">
        {requirements.map((one) => (
          <Card as="section" key={one.slug}>
            <div className="flex flex-wrap items-start justify-between gap-3">
              <h2 lang="en" className="min-w-0 text-lg">
                {one.title}
              </h2>
              <StateBadge state={one.state} />
            </div>
            <dl className="mt-3 grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
              <Detail term={t("Period")}>{one.number}</Detail>
              <Detail term={t("Due")}>
                <Day at={one.dueAt.toISOString()} />
              </Detail>
              <Detail term={t("Completed")}>
                {one.completedAt ? <Moment at={one.completedAt.toISOString()} /> : t("Not yet")}
              </Detail>
              {one.expiresAt ? (
                <Detail term={t("Valid until")}>
                  <Day at={one.expiresAt.toISOString()} />
                </Detail>
              ) : null}
            </dl>
          </Card>
        ))}
        {requirements.length === 0 ? (
          <EmptyState title={t("Nothing was asked that day")}>
            {then
              ? t("By that day nothing had been recorded that asked something of {{name}}.", {
                  name: person.name,
                })
              : t("Nothing recorded until now asked something of {{name}} that day.", { name: person.name })}
          </EmptyState>
        ) : null}
      </div>
      <section aria-labelledby="acknowledged" className="mt-8">
        <h2 id="acknowledged" className="mb-3 text-xl">
          {t("Policies acknowledged")}
        </h2>
        {acknowledgements.length === 0 ? <p className="text-muted text-sm">{t("None yet.")}</p> : null}
        <ul className="divide-line divide-y text-sm">
          {acknowledgements.map(({ slug, title, version, at }) => (
            <li key={`${slug} ${version}`} className="py-2.5">
              <span lang="en">{title}</span> {version} · <Moment at={at.toISOString()} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function OtherDay() {
  const t = useT();
  const { asAt, today } = useLoaderData<typeof loader>();
  return (
    <Form
      key={`${asAt.day} ${asAt.known}`}
      className="mb-8 grid items-end gap-3 sm:grid-cols-[12rem_18rem_auto] sm:justify-start"
    >
      <TextField label={t("Day")} name="at" type="date" required max={today} defaultValue={asAt.day} />
      <Select label={t("What may be known")} name="known" defaultValue={asAt.known}>
        <option value="then">{t("What was known then")}</option>
        <option value="now">{t("What is known now about then")}</option>
      </Select>
      <Button look="secondary">{t("Look back")}</Button>
    </Form>
  );
}
