import { NavLink } from "@remix-run/react";

/** A place in the main navigation; `news` counts what has changed there for the reader. */
export function NavItem({ to, label, news }: { to: string; label: string; news: number }) {
  return (
    <NavLink
      to={to}
      end={to === "/"}
      prefetch="intent"
      className={({ isActive }) =>
        `flex min-h-11 items-center rounded-lg px-3 text-sm lg:px-2 xl:px-3 font-medium ${isActive ? "bg-accent-soft text-accent-ink" : "text-muted hover:bg-sunken hover:text-ink"}`
      }
    >
      {label}
      {news > 0 ? (
        <span className="bg-accent text-on-accent ml-1.5 min-w-5 rounded-full px-1.5 text-center text-xs leading-5 font-semibold">
          {news}
          <span className="sr-only"> {news === 1 ? "answer has" : "answers have"} changed</span>
        </span>
      ) : null}
    </NavLink>
  );
}
