import { useLocation } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { Glyph } from "./glyph.tsx";
import { hereAt } from "./here.ts";
import { NavItem } from "./nav-item.tsx";

export type Place = {
  to: string;
  label: string;
  news: number;
  /** Places of one group stand under its name; those of none stand alone. */
  group: string | null;
};

type Group = { name: string | null; places: Place[] };

/** The places in their order: each alone, or as a group where more than one of it is open to the reader. */
function grouped(places: readonly Place[]): Group[] {
  const names = [...new Set(places.map((place) => place.group))];
  return names.flatMap((name): Group[] => {
    const own = places.filter((place) => place.group === name);
    return name === null || own.length === 1
      ? own.map((place) => ({ name: null, places: [place] }))
      : [{ name, places: own }];
  });
}

/** The main navigation of a wide window: places in a row, groups as menus that open below their name. */
export function NavBar({ places }: { places: readonly Place[] }) {
  useClosing();
  return (
    <ul className="flex flex-wrap gap-1">
      {grouped(places).map(({ name, places: own }) =>
        name === null ? (
          own.map((place) => (
            <li key={place.to}>
              <NavItem {...place} />
            </li>
          ))
        ) : (
          <li key={name}>
            <Menu name={name} places={own} />
          </li>
        ),
      )}
    </ul>
  );
}

function Menu({ name, places }: { name: string; places: readonly Place[] }) {
  const { pathname } = useLocation();
  const here = places.some(({ to }) => hereAt(to, pathname) !== null);
  return (
    <DropDown name={name} here={here}>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <NavItem {...place} />
          </li>
        ))}
      </ul>
    </DropDown>
  );
}

const menu = "main-menu";

/** A menu below its name, of which one is open at a time; it works without scripts, and closes when it has led somewhere. */
export function DropDown({
  name,
  here = false,
  side = "left",
  children,
}: {
  name: string;
  /** Whether the reader is at one of its places. */
  here?: boolean;
  side?: "left" | "right";
  children: ReactNode;
}) {
  const { pathname } = useLocation();
  return (
    <details key={pathname} name={menu} className="group relative">
      <summary
        className={`flex min-h-11 cursor-pointer list-none items-center gap-1 rounded-lg px-3 text-sm font-medium lg:px-2 xl:px-3 ${here ? "bg-accent-soft text-accent-ink" : "text-muted hover:bg-sunken hover:text-ink"}`}
      >
        {name}
        <Glyph name="chevron" className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <div
        className={`bg-surface border-line absolute top-full z-50 mt-1 min-w-56 rounded-xl border p-2 shadow-lg ${side === "left" ? "left-0" : "right-0"}`}
      >
        {children}
      </div>
    </details>
  );
}

/** Open menus close on Escape, which gives the focus back to their name, and when something else is pressed. */
function useClosing(): void {
  useEffect(() => {
    const open = () => [...document.querySelectorAll<HTMLDetailsElement>(`details[name="${menu}"][open]`)];
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      for (const one of open()) {
        if (one.contains(document.activeElement)) one.querySelector("summary")?.focus();
        one.open = false;
      }
    };
    const onPress = (event: PointerEvent): void => {
      for (const one of open())
        if (!(event.target instanceof Node && one.contains(event.target))) one.open = false;
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPress);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPress);
    };
  }, []);
}

/** The same on a narrow window, all open, each group under its name. */
export function NavList({ places }: { places: readonly Place[] }) {
  const groups = grouped(places);
  const alone = groups.filter((group) => group.name === null).flatMap((group) => group.places);
  return (
    <div className="space-y-3">
      <Items places={alone} />
      {groups.map(({ name, places: own }) =>
        name === null ? null : (
          <section key={name}>
            <h2 className="text-muted px-3 text-xs font-semibold">{name}</h2>
            <Items places={own} />
          </section>
        ),
      )}
    </div>
  );
}

function Items({ places }: { places: readonly Place[] }) {
  return (
    <ul className="grid grid-cols-2 gap-1">
      {places.map((place) => (
        <li key={place.to}>
          <NavItem {...place} />
        </li>
      ))}
    </ul>
  );
}
