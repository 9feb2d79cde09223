import { Link, useLoaderData } from "@remix-run/react";
import { accommodationWords } from "#app/components/accommodation-words.ts";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Detail } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader, RecordView } from "./route.tsx";

/** Who the record is about, below the name. */
export function Person({ person }: { person: RecordView["record"]["person"] }) {
  const t = useT();
  return (
    <dl className="text-ink mt-4 flex flex-wrap gap-x-8 gap-y-3 text-sm">
      <Detail term={t("Manager")}>{person.manager ?? t("None")}</Detail>
      <Detail term={t("Location")}>{person.location}</Detail>
      <Detail term={t("E-mail")}>
        <span className="wrap-anywhere">{person.email}</span>
      </Detail>
      {person.leftOn ? (
        <Detail term={t("Left on")}>
          <Day at={person.leftOn} />
        </Detail>
      ) : null}
    </dl>
  );
}

/** More time in assessments: what was decided, for the person and for those who decide it. */
export function Accommodation() {
  const t = useT();
  const { accommodation, mayAccommodate, record } = useLoaderData<typeof loader>();
  if (!accommodation && !mayAccommodate) return null;
  return (
    <p className="text-ink mt-4 text-sm">
      {accommodation ? `${accommodationWords(t, accommodation.timeFactor)}. ` : null}
      {mayAccommodate ? (
        <Link
          to={`/records/${record.person.id}/accommodation`}
          className="text-accent font-medium underline underline-offset-4"
        >
          {accommodation ? t("Change the accommodation") : t("Give more time in assessments")}
        </Link>
      ) : null}
    </p>
  );
}

/** The way to who has read the record, for the person and for administrators. */
export function Readings() {
  const t = useT();
  const { own, mayReadReadings, record } = useLoaderData<typeof loader>();
  if (!mayReadReadings) return null;
  return (
    <p className="text-ink mt-4 text-sm">
      <Link
        to={`/audit/reads?person=${encodeURIComponent(record.person.id)}`}
        className="text-accent font-medium underline underline-offset-4"
      >
        {own ? t("Who has read my record") : t("Who has read this record")}
      </Link>
    </p>
  );
}

/** Where HR changes what rules go by. */
export function DetailsLink() {
  const t = useT();
  const { mayEdit, record } = useLoaderData<typeof loader>();
  if (!mayEdit) return null;
  return (
    <p className="text-ink mt-2 text-sm">
      <Link
        to={`/records/${record.person.id}/details`}
        className="text-accent font-medium underline underline-offset-4"
      >
        {t("Change details, leave and systems")}
      </Link>
    </p>
  );
}

/** Which policies the person has yet to confirm, and which versions they have, newest first. */
export function Acknowledgements({
  open,
  given,
  own,
}: {
  open: RecordView["record"]["unacknowledged"];
  given: RecordView["record"]["acknowledgements"];
  own: boolean;
}) {
  const t = useT();
  return (
    <section aria-labelledby="acknowledged" className="space-y-6">
      {open.length > 0 ? (
        <div>
          <h2 className="mb-3 text-xl">{t("Policies to acknowledge")}</h2>
          <ul className="divide-line divide-y text-sm">
            {open.map(({ slug, title, version, due, overdue }) => (
              <li key={slug} className="py-2.5">
                <PolicyLink
                  to={own ? `/policies/${slug}/acknowledge` : `/policies/${slug}`}
                  title={title}
                  version={version}
                />
                <p className="flex flex-wrap items-center gap-2">
                  <Rich text="due <day/>" elements={{ day: <Day at={due.toISOString()} /> }} />
                  {overdue ? <Badge tone="bad">{t("Overdue")}</Badge> : null}
                </p>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <h2 id="acknowledged" className="mb-3 text-xl">
          {t("Policies acknowledged")}
        </h2>
        {given.length === 0 ? <p className="text-muted text-sm">{t("None yet.")}</p> : null}
        <ul className="divide-line divide-y text-sm">
          {given.map(({ slug, title, version, at }) => (
            <li key={`${slug} ${version}`} className="py-2.5">
              <PolicyLink
                to={`/policies/${slug}?version=${encodeURIComponent(version)}`}
                title={title}
                version={version}
              />
              <p className="text-muted">
                <Moment at={at.toISOString()} />
              </p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** From an auditor's seat policies cannot be opened; a pack holds them. */
function PolicyLink({ to, title, version }: { to: string; title: string; version: string }) {
  const { mayLookBack } = useLoaderData<typeof loader>();
  if (!mayLookBack)
    return (
      <span className="font-medium">
        <span lang="en">{title}</span> {version}
      </span>
    );
  return (
    <Link to={to} className="text-accent font-medium underline underline-offset-4">
      <span lang="en">{title}</span> {version}
    </Link>
  );
}
