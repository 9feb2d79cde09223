import { Link } from "@remix-run/react";
import type { RuleEffect, Some } from "#app/domain/competence/plan.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";

/** What a rule would do: three counts with the first names of each. */
export function EffectView({ effect }: { effect: RuleEffect }) {
  const t = useT();
  return (
    <dl className="grid gap-4 sm:grid-cols-3">
      <Count term={t("Assigns")} some={effect.assign} />
      <Count term={t("Ends")} some={effect.end} />
      <Count term={t("Leaves as it is")} some={effect.leave} />
    </dl>
  );
}

/** A number of people with the first of them. */
export function Count({ term, some: { count, first } }: { term: string; some: Some }) {
  const t = useT();
  const number = useNumber();
  return (
    <div className="bg-sunken rounded-xl p-4">
      <dt className="text-muted text-sm">{term}</dt>
      <dd>
        <p className="text-3xl font-semibold tabular-nums">{number(count)}</p>
        {first.length > 0 ? (
          <ul className="mt-2 text-sm">
            {first.map(({ id, name }) => (
              <li key={id}>
                <Link to={`/records/${id}`} className="hover:text-accent underline-offset-4 hover:underline">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        ) : null}
        {count > first.length ? (
          <p className="text-muted mt-1 text-sm">
            {t("and {{count}} more", { count: count - first.length })}
          </p>
        ) : null}
      </dd>
    </div>
  );
}
