import { Link } from "@remix-run/react";

/** The ways to the views of a list, with how many each holds. */
export function ViewLinks({
  label,
  views,
}: {
  label: string;
  views: readonly { to: string; name: string; count: number | null; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-2">
      {views.map(({ to, name, count, current }) => (
        <Link
          key={to}
          to={to}
          aria-current={current ? "page" : undefined}
          className="border-line text-muted hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold"
        >
          {name} {count === null ? null : <span className="font-normal">({count})</span>}
        </Link>
      ))}
    </nav>
  );
}
