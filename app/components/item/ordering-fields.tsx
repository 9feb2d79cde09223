import { useEffect, useId, useRef, useState } from "react";
import type { ShownChoice } from "#app/domain/learning/presentation.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "../glyph.tsx";
import { useHydrated } from "../hydrated.ts";
import { answerField } from "./given.ts";

/**
 * A position for each element. Without scripts a select each; with them the list follows the selects, and buttons move
 * an element up and down. Nothing counts as answered until something was moved or the order was confirmed.
 */
export function OrderingFields({
  elements,
  given,
  sent,
  lang,
  onEdit,
}: {
  elements: ShownChoice[];
  given: readonly string[];
  sent?: Record<string, string> | undefined;
  /** Of the elements, where it is not the page's. */
  lang: string | undefined;
  onEdit?: (() => void) | undefined;
}) {
  const t = useT();
  const page = useId();
  const hydrated = useHydrated();
  const [order, setOrder] = useState<string[] | null>(given.length === elements.length ? [...given] : null);
  const [said, setSaid] = useState("");
  const focusOn = useRef<string | null>(null);
  const edited = useRef(false);
  const shown = order ?? elements.map((element) => element.id);
  const textOf = (id: string): string => elements.find((element) => element.id === id)?.text ?? "";

  useEffect(() => {
    if (!edited.current) return;
    onEdit?.();
    // Moving a node in the document takes the focus from it.
    if (focusOn.current) document.getElementById(focusOn.current)?.focus();
    focusOn.current = null;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new order is an edit
  }, [order]);

  // Takes over an order that was given before the scripts had come.
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const places = [...(list.current?.querySelectorAll("select") ?? [])].map(({ value }) => Number(value));
    const placed = elements.map((_, i) => elements[places.indexOf(i + 1)]?.id ?? "");
    if (order !== null || placed.includes("")) return;
    edited.current = true;
    setOrder(placed);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the scripts have come
  }, []);

  const moveTo = (id: string, place: number, control: string): void => {
    if (place < 0 || place >= shown.length) return;
    const next = shown.filter((one) => one !== id);
    next.splice(place, 0, id);
    edited.current = true;
    focusOn.current = control;
    setOrder(next);
    setSaid(
      t("“{{element}}” is now {{place}} of {{total}}.", {
        element: textOf(id),
        place: place + 1,
        total: shown.length,
      }),
    );
  };

  return (
    <div className="max-w-[80ch]">
      <ol ref={list} className="space-y-2.5">
        {shown.map((id, i) => {
          const value = order ? String(i + 1) : "";
          return (
            <li
              key={id}
              className="border-line bg-surface flex flex-wrap items-center gap-3 rounded-xl border p-3 sm:flex-nowrap"
            >
              <select
                id={`${page}-${id}-place`}
                aria-label={t("Position of “{{element}}”", { element: textOf(id) })}
                name={answerField(id)}
                value={hydrated ? value : (sent?.[answerField(id)] ?? value)}
                onChange={(event) => moveTo(id, Number(event.target.value) - 1, `${page}-${id}-place`)}
                className="bg-surface text-ink border-line-strong min-h-11 rounded-lg border px-2 text-base"
              >
                <option value="">–</option>
                {shown.map((other, place) => (
                  <option key={other} value={place + 1}>
                    {place + 1}
                  </option>
                ))}
              </select>
              <span
                lang={lang}
                className="order-first min-w-0 basis-full sm:order-none sm:flex-1 sm:basis-48"
              >
                {textOf(id)}
              </span>
              {hydrated ? (
                <span className="flex gap-1">
                  {(["up", "down"] as const).map((way) => {
                    const target = way === "up" ? i - 1 : i + 1;
                    const end = target < 0 || target >= shown.length;
                    return (
                      <button
                        key={way}
                        id={`${page}-${id}-${way}`}
                        type="button"
                        aria-disabled={end}
                        aria-label={t(way === "up" ? "Move “{{element}}” up" : "Move “{{element}}” down", {
                          element: textOf(id),
                        })}
                        onClick={() => moveTo(id, target, `${page}-${id}-${way}`)}
                        className="border-line-strong hover:bg-sunken aria-disabled:text-muted grid size-11 place-items-center rounded-lg border aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
                      >
                        <Glyph name={way} />
                      </button>
                    );
                  })}
                </span>
              ) : null}
            </li>
          );
        })}
      </ol>
      {hydrated && order === null ? (
        <button
          type="button"
          onClick={() => {
            edited.current = true;
            setOrder(shown);
            setSaid(t("The order shown is your answer."));
          }}
          className="text-accent mt-3 min-h-11 text-sm font-semibold underline-offset-4 hover:underline"
        >
          {t("The order shown is my answer")}
        </button>
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}
