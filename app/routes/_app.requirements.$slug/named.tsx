import { Link, useLoaderData } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Whom the requirement asks by name; it is ended on their record. */
export function Named() {
  const t = useT();
  const { namings } = useLoaderData<typeof loader>();
  const { lines, total } = namings;
  if (total === 0) return null;
  return (
    <section aria-labelledby="named">
      <h2 id="named" className="mb-3 text-xl">
        {t("Asked by name")}
      </h2>
      <ul className="divide-line divide-y text-sm">
        {lines.map(({ id, personId, name, reason, by, at }) => (
          <li key={id} className="space-y-1 py-2.5">
            <Link
              to={`/records/${personId}`}
              className="text-accent font-medium underline underline-offset-4 wrap-anywhere"
            >
              {name}
            </Link>
            <p className="whitespace-pre-line wrap-anywhere">{reason}</p>
            <p className="text-muted">
              <Rich
                text="{{name}}, <day/>"
                values={{ name: by }}
                elements={{ day: <Day at={at.toISOString()} /> }}
              />
            </p>
          </li>
        ))}
      </ul>
      {total > lines.length ? (
        <p className="text-muted mt-2 text-sm">{t("and {{count}} more", { count: total - lines.length })}</p>
      ) : null}
    </section>
  );
}
