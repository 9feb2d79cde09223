import type { ReactNode } from "react";
import type { ExplainedChoice, ExplainedItem } from "#app/domain/learning/marking.ts";
import { Glyph } from "../glyph.tsx";
import { Badge } from "../ui/surface.tsx";

/** What came of an item in one badge: words, a sign and a colour that agree. */
export function ItemOutcome({ item }: { item: Pick<ExplainedItem, "score" | "answered"> }) {
  if (!item.answered)
    return (
      <Badge>
        <Glyph name="circle" className="size-3.5" /> Not answered
      </Badge>
    );
  if (item.score >= 1)
    return (
      <Badge tone="good">
        <Glyph name="check" className="size-3.5" /> Right
      </Badge>
    );
  if (item.score > 0)
    return (
      <Badge tone="warn">
        <Glyph name="half" className="size-3.5" /> Partly right
      </Badge>
    );
  return (
    <Badge tone="bad">
      <Glyph name="cross" className="size-3.5" /> Wrong
    </Badge>
  );
}

/** An item with what was answered, what is right and why. `children`: the policy clause it rests on. */
export function ExplainedItemView({ item, children }: { item: ExplainedItem; children?: ReactNode }) {
  return (
    <div className="space-y-4">
      <p className="max-w-[65ch] text-lg font-semibold text-pretty whitespace-pre-line">{item.stem}</p>
      {item.parts.map((part, i) => (
        <div key={i} className="space-y-3">
          {part.stem ? (
            <p className="max-w-[65ch] font-semibold text-pretty">
              <span className="text-muted block text-sm font-medium">Step {i + 1}</span>
              {part.stem}
            </p>
          ) : null}
          <ul className="max-w-[70ch] space-y-2.5">
            {part.choices.map((choice, k) => (
              <ExplainedChoiceView key={k} choice={choice} answered={item.answered} />
            ))}
          </ul>
        </div>
      ))}
      {item.lines.length > 0 ? <Lines item={item} /> : null}
      {item.feedback ? <p className="max-w-[65ch] text-pretty">{item.feedback}</p> : null}
      {children}
    </div>
  );
}

function ExplainedChoiceView({ choice, answered }: { choice: ExplainedChoice; answered: boolean }) {
  const { chosen, correct } = choice;
  const look = correct
    ? { frame: "border-good-ink bg-good-soft text-good-ink", sign: "check" as const }
    : chosen
      ? { frame: "border-bad-ink bg-bad-soft text-bad-ink", sign: "cross" as const }
      : { frame: "border-line text-muted", sign: null };
  const words = [
    chosen ? "Your answer" : null,
    correct ? (chosen ? "right" : answered ? "Right, but not chosen" : "Right") : chosen ? "wrong" : null,
  ].filter(Boolean);
  return (
    <li className={`flex gap-3 rounded-xl border px-4 py-3 ${look.frame}`}>
      <span className="mt-1 size-4 shrink-0">{look.sign ? <Glyph name={look.sign} /> : null}</span>
      <span className="min-w-0">
        {words.length > 0 ? (
          <span className="block text-xs font-semibold tracking-wide">{words.join(" · ")}</span>
        ) : null}
        <span className="block font-medium">{choice.text}</span>
        <span className="mt-1 block text-sm">{choice.feedback}</span>
      </span>
    </li>
  );
}

function Lines({ item }: { item: ExplainedItem }) {
  const ordering = item.type === "ordering";
  const sayRight = (line: ExplainedItem["lines"][number]): string =>
    ordering ? `${line.label}. ${line.right}` : line.label ? `${line.label} → ${line.right}` : line.right;
  const sayGiven = (line: ExplainedItem["lines"][number]): string =>
    ordering
      ? `Your ${line.label}: ${line.given}`
      : line.label
        ? `You chose: ${line.given}`
        : `You wrote: ${line.given}`;
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
              {line.correct ? "Right" : line.given === null ? "Not answered" : "Wrong"}
            </span>
            <span className="block font-medium">{sayRight(line)}</span>
            {line.correct || line.given === null ? null : (
              <span className="mt-1 block text-sm">{sayGiven(line)}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
