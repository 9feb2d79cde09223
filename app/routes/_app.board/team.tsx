import { Link, useLoaderData } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { useBoardAddress } from "./address.ts";
import type { loader } from "./route.tsx";

/** How far down a manager looks. */
export function Team() {
  const t = useT();
  const { filter } = useLoaderData<typeof loader>();
  const address = useBoardAddress();
  const choices = [
    { team: null, name: t("Direct reports") },
    { team: "below", name: t("Everyone below me") },
  ] as const;
  return (
    <nav aria-label={t("Team")} className="mb-6">
      <ul className="flex flex-wrap gap-2">
        {choices.map(({ team, name }) => (
          <li key={name}>
            <Link
              to={address({ team })}
              aria-current={filter.team === team ? "true" : undefined}
              className="border-line-strong hover:bg-sunken aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent-ink inline-flex min-h-11 items-center rounded-full border px-4 text-sm font-medium"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
