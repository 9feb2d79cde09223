import type { ReactNode } from "react";
import type { Language } from "#app/domain/content/language.ts";
import type { ExplainedChoice, ExplainedItem } from "#app/domain/learning/marking.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "../glyph.tsx";
import { Badge } from "../ui/surface.tsx";
import { CreditLine } from "./credit-line.tsx";
import { ExplainedWay } from "./explained-way.tsx";

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
  children,
}: {
  item: ExplainedItem;
  /** The one the item is written in. */
  language: Language;
  children?: ReactNode;
}) {
  const t = useT();
  const lang = useLangOf()(language);
  return (
    <div className="space-y-4">
      <p lang={lang} className="max-w-[65ch] text-lg font-semibold text-pretty whitespace-pre-line">
        {item.stem}
      </p>
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

/** Frames that tell apart by more than colour: what was missed is dashed and hollow, what was found is filled. */
const looks = {
  found: { frame: "border-good-ink bg-good-soft text-good-ink", sign: "check" },
  missed: { frame: "border-good-ink border-dashed text-good-ink", sign: "circle" },
  wrong: { frame: "border-bad-ink bg-bad-soft text-bad-ink", sign: "cross" },
  left: { frame: "border-line text-muted", sign: null },
} as const;

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
  const look = looks[chosen ? (correct ? "found" : "wrong") : correct ? "missed" : "left"];
  const words = chosen
    ? t(correct ? "Your answer · right" : "Your answer · wrong")
    : correct
      ? t(answered ? "Right, but not chosen" : "Right")
      : null;
  return (
    <li className={`flex gap-3 rounded-xl border px-4 py-3 ${look.frame}`}>
      <span className="mt-1 size-4 shrink-0">{look.sign ? <Glyph name={look.sign} /> : null}</span>
      <span className="min-w-0">
        {words ? <span className="block text-xs font-semibold tracking-wide">{words}</span> : null}
        <span lang={lang} className="block font-medium">
          {choice.text}
        </span>
        <span lang={lang} className="mt-1 block text-sm">
          {choice.feedback}
        </span>
      </span>
    </li>
  );
}

function Lines({ item, lang }: { item: ExplainedItem; lang: string | undefined }) {
  const t = useT();
  const ordering = item.type === "ordering";
  const sayRight = (line: ExplainedItem["lines"][number]): string =>
    ordering ? `${line.label}. ${line.right}` : line.label ? `${line.label} → ${line.right}` : line.right;
  const sayGiven = (line: ExplainedItem["lines"][number]): ReactNode => {
    const elements = { given: <span lang={lang}>{line.given}</span> };
    if (ordering)
      return <Rich text="Your {{place}}: <given/>" values={{ place: line.label }} elements={elements} />;
    return <Rich text={line.label ? "You chose: <given/>" : "You wrote: <given/>"} elements={elements} />;
  };
  return (
    <ul className="max-w-[80ch] space-y-2.5">
      {item.lines.map((line) => (
        <li
          key={line.label}
          className={`flex gap-3 rounded-xl border px-4 py-3 ${line.correct ? "border-good-ink bg-good-soft text-good-ink" : "border-bad-ink bg-bad-soft text-bad-ink"}`}
        >
          <span className="mt-1 shrink-0">
            <Glyph name={line.correct ? "check" : "cross"} />
          </span>
          <span className="min-w-0">
            <span className="block text-xs font-semibold tracking-wide">
              {t(line.correct ? "Right" : line.given === null ? "Not answered" : "Wrong")}
            </span>
            <span lang={lang} className="block font-medium">
              {sayRight(line)}
            </span>
            {line.correct || line.given === null ? null : (
              <span className="mt-1 block text-sm">{sayGiven(line)}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
