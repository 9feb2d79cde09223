import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { type Language, sourceLanguage } from "#app/domain/content/language.ts";
import type { ExplainedItem } from "#app/domain/learning/marking.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Figure } from "./figure.tsx";
import { Glyph } from "./glyph.tsx";
import { ExplainedItemView, ItemOutcome } from "./item/explained-item.tsx";
import { slugName } from "./slug-name.ts";
import { Card } from "./ui/surface.tsx";

/** Something to read in a lesson, with the figure that explains it. `html` was sanitised when the module was published or parsed. */
export function LessonText({
  html,
  figure,
  lang,
}: {
  html: string;
  figure: string | null;
  lang?: string | undefined;
}) {
  return (
    <div lang={lang}>
      <div className="prose prose-lesson" dangerouslySetInnerHTML={{ __html: html }} />
      {figure ? <Figure svg={figure} /> : null}
    </div>
  );
}

/** One thing to do tomorrow. */
export function Tomorrow({ text, lang }: { text: string; lang?: string | undefined }) {
  const t = useT();
  return (
    <div className="bg-accent-soft text-accent-ink rounded-2xl p-5 sm:p-6">
      <h2 className="flex items-center gap-2 text-lg">
        <Glyph name="sun" className="size-5" /> {t("One thing to do tomorrow")}
      </h2>
      <p lang={lang} className="mt-2 max-w-[65ch] text-pretty whitespace-pre-line">
        {text}
      </p>
    </div>
  );
}

/** A question to check oneself: the explanation once it is answered, before that the form given as `children`. */
export function Question({
  title,
  titleId,
  explained,
  language = sourceLanguage,
  before = null,
  children,
}: {
  title?: string;
  /** Of the title with what came of it, for what is to be named by them. */
  titleId?: string;
  explained: ExplainedItem | null;
  /** The language the item is shown in. */
  language?: Language;
  /** Stands above the explanation. */
  before?: ReactNode;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <Card>
      <div id={titleId} className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-muted text-sm font-semibold tracking-wide">{title ?? t("Check yourself")}</h2>
        {/* Stands here before there is anything to say, so that only what came of it is said. */}
        <span role="status">{explained ? <ItemOutcome item={explained} /> : null}</span>
      </div>
      {explained ? (
        <>
          {before}
          <ExplainedItemView item={explained} language={language}>
            {explained.clause ? <Clause clause={explained.clause} /> : null}
          </ExplainedItemView>
        </>
      ) : (
        children
      )}
    </Card>
  );
}

function Clause({ clause }: { clause: string }) {
  const [slug, number] = clause.split("#");
  const lang = useLangOf()(sourceLanguage);
  return (
    <p className="text-sm">
      <Link to={`/policies/${slug}#c-${number}`} className="text-accent underline underline-offset-4">
        <Rich
          text="Read the clause: <clause/>"
          elements={{
            clause: (
              <span lang={lang}>
                {slugName(slug ?? "")}, {number}
              </span>
            ),
          }}
        />
      </Link>
    </p>
  );
}
