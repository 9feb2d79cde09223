import { Link, useLocation } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { hereAt } from "./here.ts";

/** A place in the main navigation; `news` counts what has changed there for the reader. */
export function NavItem({ to, label, news }: { to: string; label: string; news: number }) {
  const t = useT();
  const here = hereAt(to, useLocation().pathname);
  return (
    <Link
      to={to}
      prefetch="intent"
      aria-current={here === "below" ? "true" : (here ?? undefined)}
      className={`flex min-h-11 items-center rounded-lg px-3 text-sm font-medium lg:px-2 xl:px-3 ${here ? "bg-accent-soft text-accent-ink forced-colors:underline" : "text-muted hover:bg-sunken hover:text-ink"}`}
    >
      {label}
      {news > 0 ? (
        <span className="bg-accent text-on-accent ml-1.5 min-w-5 rounded-full px-1.5 text-center text-xs leading-5 font-semibold">
          <span aria-hidden="true">{news}</span>
          <span className="sr-only"> {t("{{count}} answers have changed", { count: news })}</span>
        </span>
      ) : null}
    </Link>
  );
}
