import { Link, useLoaderData } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The reviews that were held. */
export function Recorded() {
  const t = useT();
  const { recorded } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="held">
      <h2 id="held" className="mb-4 text-xl">
        {t("Reviews held")}
      </h2>
      {recorded.length === 0 ? (
        <p className="text-muted text-sm">{t("None has been recorded yet.")}</p>
      ) : (
        <ul className="space-y-3 text-sm">
          {recorded.map(({ id, number, heldOn, fromOn, untilOn }) => (
            <li key={id}>
              <Link to={`/management-review/${id}`} className="font-semibold underline underline-offset-4">
                <Rich
                  text="Review {{number}}, held on <day/>"
                  values={{ number }}
                  elements={{ day: <Day at={heldOn} /> }}
                />
              </Link>
              <span className="text-muted block">
                <Rich
                  text="<start/> to <end/>"
                  elements={{ start: <Day at={fromOn} />, end: <Day at={untilOn} /> }}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
