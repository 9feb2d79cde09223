import { useEffect, useId, useRef, useState } from "react";
import type { PresentedItem } from "#app/domain/learning/presentation.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "../glyph.tsx";
import { useHydrated } from "../hydrated.ts";
import { answerField } from "./given.ts";
import type { Lang } from "./options.tsx";

/** A list for each left-hand side. With scripts what is chosen is shown in full, which the lists of browsers cut off. */
export function MatchingFields({
  item,
  given,
  lang,
}: Lang & {
  item: Extract<PresentedItem, { type: "matching" }>;
  given: Record<string, string>;
}) {
  const t = useT();
  const id = useId();
  const hydrated = useHydrated();
  const [chosen, setChosen] = useState(given);
  const list = useRef<HTMLUListElement>(null);
  // Reads what was chosen before the scripts had come.
  useEffect(() => {
    const selects = [...(list.current?.querySelectorAll("select") ?? [])];
    setChosen(Object.fromEntries(selects.map(({ id: of, value }) => [of.slice(id.length + 1), value])));
  }, [id]);
  const twice = item.right.filter(
    (right) => Object.values(chosen).filter((one) => one === right.id).length > 1,
  );
  return (
    <>
      <ul ref={list} className="max-w-[80ch] space-y-3">
        {item.left.map((left) => {
          const value = chosen[left.id] ?? "";
          const text = item.right.find((right) => right.id === value)?.text;
          return (
            <li
              key={left.id}
              className="border-line bg-surface grid items-center gap-2 rounded-xl border p-3 sm:grid-cols-2 sm:gap-4"
            >
              <label htmlFor={`${id}-${left.id}`} lang={lang} className="font-medium">
                {left.text}
              </label>
              <div className="border-line-strong has-focus-visible:outline-accent relative rounded-lg border has-focus-visible:outline-3 has-focus-visible:outline-offset-2">
                {hydrated ? (
                  <div aria-hidden="true" className="flex min-h-11 items-center gap-2 px-3 py-2">
                    <span lang={text ? lang : undefined} className="min-w-0 flex-1">
                      {text ?? t("Choose…")}
                    </span>
                    <Glyph name="chevron" />
                  </div>
                ) : null}
                <select
                  id={`${id}-${left.id}`}
                  name={answerField(left.id)}
                  defaultValue={given[left.id] ?? ""}
                  onChange={(event) => setChosen({ ...chosen, [left.id]: event.target.value })}
                  className={`bg-surface text-ink w-full rounded-lg px-3 py-2 text-base ${hydrated ? "absolute inset-0 h-full cursor-pointer opacity-0" : "min-h-11"}`}
                >
                  <option value="">{t("Choose…")}</option>
                  {item.right.map((right) => (
                    <option key={right.id} value={right.id} lang={lang}>
                      {right.text}
                    </option>
                  ))}
                </select>
              </div>
            </li>
          );
        })}
      </ul>
      <p role="status" className="text-warn-ink mt-3 max-w-[70ch] text-sm empty:mt-0">
        {twice.length > 0 ? t("Something is chosen for more than one. Each fits only once.") : ""}
      </p>
    </>
  );
}
