import { type ComponentType, Fragment, type ReactNode } from "react";
import type { Language } from "#app/domain/content/language.ts";
import type { ExplainedChoice, ExplainedItem } from "#app/domain/learning/marking.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "../glyph.tsx";
import { Badge } from "../ui/surface.tsx";
import { CreditLine } from "./credit-line.tsx";
import { ExplainedWay } from "./explained-way.tsx";
import { Told } from "./told.tsx";

/** What came of an item in one badge: words, a sign and a colour that agree. */
export function ItemOutcome({ item }: { item: Pick<ExplainedItem, "score" | "answered"> }) {
  const t = useT();
  if (!item.answered)
    return (
      <Badge>
        <Glyph name="circle" className="size-3.5" /> {t("Not answered")}
      </Badge>
    );
  if (item.score >= 1)
    return (
      <Badge tone="good">
        <Glyph name="check" className="size-3.5" /> {t("Right")}
      </Badge>
    );
  if (item.score > 0)
    return (
      <Badge tone="warn">
        <Glyph name="half" className="size-3.5" /> {t("Partly right")}
      </Badge>
    );
  return (
    <Badge tone="bad">
      <Glyph name="cross" className="size-3.5" /> {t("Wrong")}
    </Badge>
  );
}

/** An item with what was answered, what is right and why. `children`: the policy clause it rests on. */
export function ExplainedItemView({
  item,
  language,
  folded: Frame = Fragment,
  children,
}: {
  item: ExplainedItem;
  /** The one the item is written in. */
  language: Language;
  /** Takes all below the item itself, where that is not to be read at once. */
  folded?: ComponentType<{ children: ReactNode }> | undefined;
  children?: ReactNode;
}) {
  const t = useT();
  const lang = useLangOf()(language);
  return (
    <div className="space-y-4">
      <p lang={lang} className="max-w-[65ch] text-lg font-semibold text-pretty whitespace-pre-line">
        {item.stem}
      </p>
      <Frame>
        <div className="space-y-4">
          <CreditLine item={item} />
          {item.type === "branching" ? (
            <ExplainedWay item={item} lang={lang} />
          ) : (
            <Choices item={item} lang={lang} />
          )}
          {item.lines.length > 0 ? <Lines item={item} lang={lang} /> : null}
          {item.feedback ? (
            <div
              className={`max-w-[70ch] rounded-xl px-4 py-3 ${item.type === "branching" ? "bg-accent-soft text-accent-ink" : "bg-sunken"}`}
            >
              <p className="text-sm font-semibold">{t(item.type === "branching" ? "Looking back" : "Why")}</p>
              <p lang={lang} className="mt-1 text-pretty">
                {item.feedback}
              </p>
            </div>
          ) : null}
          {children}
        </div>
      </Frame>
    </div>
  );
}

/** The choices of an item, or of each step of a scenario. */
function Choices({ item, lang }: { item: ExplainedItem; lang: string | undefined }) {
  const t = useT();
  return item.parts.map((part, i) => (
    <div key={i} className="space-y-3">
      {part.stem ? (
        <p className="max-w-[65ch] font-semibold text-pretty">
          <span className="text-muted block text-sm font-medium">
            {t("Step {{number}}", { number: i + 1 })}
          </span>
          <span lang={lang}>{part.stem}</span>
        </p>
      ) : null}
      <ul className="max-w-[70ch] space-y-2.5">
        {part.choices.map((choice, k) => (
          <ExplainedChoiceView
            key={k}
            choice={item.type === "true_false" ? { ...choice, text: t(choice.text) } : choice}
            answered={item.answered}
            lang={lang}
          />
        ))}
      </ul>
    </div>
  ));
}

function ExplainedChoiceView({
  choice,
  answered,
  lang,
}: {
  choice: ExplainedChoice;
  answered: boolean;
  lang: string | undefined;
}) {
  const t = useT();
  const { chosen, correct } = choice;
  const words = chosen
    ? t(correct ? "Your answer · right" : "Your answer · wrong")
    : correct
      ? t(answered ? "Right, but not chosen" : "Right")
      : null;
  return (
    <li>
      <Told look={chosen ? (correct ? "found" : "wrong") : correct ? "missed" : "left"} words={words}>
        <p lang={lang} className="font-medium">
          {choice.text}
        </p>
        <p lang={lang} className="mt-1 text-sm">
          {choice.feedback}
        </p>
      </Told>
    </li>
  );
}

/** Places, pairs or the one answer: what was given, and beside it what is right where that differs. */
function Lines({ item, lang }: { item: ExplainedItem; lang: string | undefined }) {
  const t = useT();
  const place = (line: ExplainedItem["lines"][number]): string =>
    item.type === "ordering" ? `${line.label}. ` : "";
  return (
    <ul className="max-w-[70ch] space-y-4">
      {item.lines.map((line) => (
        <li key={line.label} className="space-y-2">
          {item.type === "matching" ? (
            <p lang={lang} className="font-medium text-pretty">
              {line.label}
            </p>
          ) : null}
          {line.given === null ? null : (
            <Told
              look={line.correct ? "found" : "wrong"}
              words={t(line.correct ? "Your answer · right" : "Your answer · wrong")}
            >
              <p lang={lang} className="font-medium wrap-anywhere">
                {place(line)}
                {line.given}
              </p>
            </Told>
          )}
          {line.correct ? null : (
            <Told
              look="missed"
              words={t(line.given === null && item.answered ? "Not answered. Right:" : "Right")}
            >
              <p lang={lang} className="font-medium">
                {place(line)}
                {line.right}
              </p>
            </Told>
          )}
        </li>
      ))}
    </ul>
  );
}
