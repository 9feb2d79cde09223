import { Link } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";

export type Part = "none" | "some" | "all";
export const partWords: Record<Part, string> = {
  none: msg("not answered"),
  some: msg("partly answered"),
  all: msg("answered"),
};
const spokenWords: Record<Part, string> = {
  none: msg("Item {{number}}, not answered"),
  some: msg("Item {{number}}, partly answered"),
  all: msg("Item {{number}}, answered"),
};

/** All items of an attempt with what is answered. With `form` each is a button that saves the form and goes there. */
export function PositionMap({
  parts,
  current,
  form,
}: {
  parts: readonly Part[];
  current: number | null;
  form?: string;
}) {
  const t = useT();
  return (
    <nav aria-label={t("Items")}>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
        {parts.map((part, i) => {
          const shared = {
            "aria-label": t(spokenWords[part], { number: i + 1 }),
            "aria-current": i === current ? ("step" as const) : undefined,
            className: `relative grid size-11 place-items-center rounded-lg border text-sm font-semibold ${
              part === "none"
                ? "border-line-strong bg-surface"
                : "border-accent bg-accent-soft text-accent-ink"
            } ${
              i === current
                ? "ring-accent ring-2 ring-offset-2 ring-offset-canvas forced-colors:outline-3 forced-colors:outline-offset-2"
                : ""
            }`,
          };
          const face = (
            <>
              {i + 1}
              {part === "none" ? null : (
                <Glyph
                  name={part === "all" ? "check" : "half"}
                  className="absolute right-0.5 bottom-0.5 size-3"
                />
              )}
            </>
          );
          return (
            <li key={i}>
              {form ? (
                <button type="submit" form={form} name="go" value={i + 1} {...shared}>
                  {face}
                </button>
              ) : (
                <Link to={`?q=${i + 1}`} {...shared}>
                  {face}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
