import { Link } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Options } from "#app/components/item/options.tsx";
import type { Language } from "#app/domain/content/language.ts";
import type { CheckMark, ShownCheckItem } from "#app/domain/policies/check.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { itemField } from "./fields.ts";

/** A question of a check, with what is said of the answer given. */
export function CheckItem({
  item,
  slug,
  version,
  language,
  chosen,
  error,
  mark,
}: {
  item: ShownCheckItem;
  slug: string;
  version: string;
  /** The one it is written in. */
  language: Language;
  chosen: string | string[] | undefined;
  error: string | undefined;
  mark: CheckMark | undefined;
}) {
  const t = useT();
  const lang = useLangOf()(language);
  const name = itemField(item.id);
  const told = [error ? `${name}-error` : "", mark ? `${name}-mark` : ""].filter(Boolean).join(" ");
  return (
    <fieldset aria-describedby={told || undefined} aria-invalid={error ? true : undefined}>
      <legend lang={lang} className="max-w-[65ch] pb-3 font-semibold text-pretty">
        {item.stem}
      </legend>
      <Options
        type="radio"
        name={name}
        options={item.options}
        chosen={typeof chosen === "string" ? [chosen] : []}
        lang={lang}
      />
      {error ? (
        <p id={`${name}-error`} role="alert" className="text-bad-ink mt-2 text-sm font-medium">
          {error}
        </p>
      ) : null}
      {mark ? (
        <div
          id={`${name}-mark`}
          className={`mt-3 flex gap-3 rounded-xl px-4 py-3 text-sm ${mark.right ? "bg-good-soft text-good-ink" : "bg-warn-soft text-warn-ink"}`}
        >
          <span className="mt-0.5 shrink-0">
            <Glyph name={mark.right ? "check" : "cross"} />
          </span>
          <p className="text-pretty">
            <span className="font-semibold">{t(mark.right ? "Right" : "Not yet")}: </span>
            <span lang={lang}>{mark.feedback}</span>{" "}
            <Rich
              text="<clause>Clause {{number}}</clause>"
              values={{ number: mark.clause }}
              elements={{
                clause: (
                  <Link
                    to={`/policies/${slug}?version=${version}#c-${mark.clause}`}
                    className="font-semibold underline underline-offset-4"
                  />
                ),
              }}
            />
          </p>
        </div>
      ) : null}
    </fieldset>
  );
}
