import { Link, useLoaderData } from "@remix-run/react";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Detail } from "#app/components/ui/surface.tsx";
import { accommodationWords } from "#app/domain/learning/accommodation.ts";
import type { loader, RecordView } from "./route.tsx";

/** Who the record is about, below the name. */
export function Person({ person }: { person: RecordView["record"]["person"] }) {
  return (
    <dl className="text-ink mt-4 flex flex-wrap gap-x-8 gap-y-3 text-sm">
      <Detail term="Manager">{person.manager ?? "None"}</Detail>
      <Detail term="Location">{person.location}</Detail>
      <Detail term="E-mail">
        <span className="wrap-anywhere">{person.email}</span>
      </Detail>
      {person.leftOn ? (
        <Detail term="Left on">
          <Day at={person.leftOn} />
        </Detail>
      ) : null}
    </dl>
  );
}

/** More time in assessments: what was decided, for the person and for those who decide it. */
export function Accommodation() {
  const { accommodation, mayAccommodate, record } = useLoaderData<typeof loader>();
  if (!accommodation && !mayAccommodate) return null;
  return (
    <p className="text-ink mt-4 text-sm">
      {accommodation ? `${accommodationWords(accommodation.timeFactor)}. ` : null}
      {mayAccommodate ? (
        <Link
          to={`/records/${record.person.id}/accommodation`}
          className="text-accent font-medium underline underline-offset-4"
        >
          {accommodation ? "Change the accommodation" : "Give more time in assessments"}
        </Link>
      ) : null}
    </p>
  );
}

/** Which versions of which policies the person has confirmed, newest first. */
export function Acknowledgements({ all }: { all: RecordView["record"]["acknowledgements"] }) {
  return (
    <section aria-labelledby="acknowledged">
      <h2 id="acknowledged" className="mb-3 text-xl">
        Policies acknowledged
      </h2>
      {all.length === 0 ? <p className="text-muted text-sm">None yet.</p> : null}
      <ul className="divide-line divide-y text-sm">
        {all.map(({ slug, title, version, at }) => (
          <li key={`${slug} ${version}`} className="py-2.5">
            <Link
              to={`/policies/${slug}?version=${encodeURIComponent(version)}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              {title} {version}
            </Link>
            <p className="text-muted">
              <Moment at={at.toISOString()} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
