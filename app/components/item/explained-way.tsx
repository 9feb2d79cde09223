import type { ExplainedChoice, ExplainedItem } from "#app/domain/learning/marking.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "../glyph.tsx";
import { Badge } from "../ui/surface.tsx";
import type { Lang } from "./options.tsx";

/** The way somebody took through a branching scenario, told as the story it was, with what else could have been done. */
export function ExplainedWay({ item, lang }: Lang & { item: Pick<ExplainedItem, "parts"> }) {
  const t = useT();
  return (
    <ol className="max-w-[70ch] space-y-6">
      {item.parts.map((part, i) => {
        const chosen = part.choices.find((choice) => choice.chosen);
        return (
          <li key={i} className="border-line-strong space-y-2 border-l-2 pl-4">
            <p lang={lang} className="text-pretty whitespace-pre-line">
              {part.stem}
            </p>
            {chosen ? <Decision choice={chosen} lang={lang} /> : <p>{t("You did not decide.")}</p>}
            <Others
              choices={part.choices.filter((choice) => !choice.chosen)}
              open={!chosen?.correct}
              lang={lang}
            />
          </li>
        );
      })}
    </ol>
  );
}

function Decision({ choice, lang }: Lang & { choice: ExplainedChoice }) {
  const t = useT();
  return (
    <>
      <p className="font-semibold text-pretty">
        <span className="text-muted block text-sm font-medium">{t("You decided")}</span>
        <span lang={lang}>{choice.text}</span>
      </p>
      <p>
        {choice.correct ? (
          <Best />
        ) : (
          <Badge tone="warn">
            <Glyph name="half" className="size-3.5" /> {t("There was a better way")}
          </Badge>
        )}
      </p>
      <p lang={lang} className="text-pretty whitespace-pre-line">
        {choice.feedback}
      </p>
    </>
  );
}

/** What was not chosen, with what would have come of it; open where one of it was better. */
function Others({ choices, open, lang }: Lang & { choices: readonly ExplainedChoice[]; open: boolean }) {
  const t = useT();
  return (
    <details open={open} className="text-sm">
      <summary className="text-accent flex min-h-11 w-fit cursor-pointer items-center gap-2 font-semibold underline underline-offset-4">
        {t("What else could have been done")} <Glyph name="chevron" />
      </summary>
      <ul className="space-y-3 pb-2">
        {choices.map((choice) => (
          <li key={choice.text} className="text-muted">
            <span lang={lang} className="text-ink font-medium">
              {choice.text}
            </span>{" "}
            {choice.correct ? <Best /> : null}
            <span lang={lang} className="mt-0.5 block whitespace-pre-line">
              {choice.feedback}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Best() {
  const t = useT();
  return (
    <Badge tone="good">
      <Glyph name="check" className="size-3.5" /> {t("The best way from here")}
    </Badge>
  );
}
