import { OutcomeSign } from "#app/components/outcome-badge.tsx";
import { Glyph } from "#app/components/glyph.tsx";
import type { ReactNode } from "react";
import { headingOf } from "#app/domain/assistant/answer.ts";
import { answerWords, fill, type AnswerWords } from "#app/domain/assistant/answer-words.ts";
import { type FactName, factNames } from "#app/domain/risk/facts.ts";
import { clears } from "#app/domain/risk/outcome.ts";
import type { QuestionView } from "./route.tsx";

const signs = { prohibit: "cross", refuse: "cross", review: "clock", inform: "alert" } as const;

/** How the verdict came about, to be looked at rather than read: facts, the rules that hold, the verdict. */
export function Path({ view: { facts, unknown, verdict, language } }: { view: QuestionView }) {
  if (verdict.matter === "rules") return null;
  const words = answerWords[language];
  const { path } = words.page;
  const known = factNames.filter((name) => facts.some((f) => f.fact === name));
  const [gravest] = verdict.findings;
  const clear = clears(verdict.outcome);
  return (
    <ol aria-label={path.label} className="mt-6 grid gap-2 sm:grid-cols-[1fr_auto_1fr_auto_1fr]">
      <Step
        sign={<Dots known={known} />}
        title={fill(path.factsKnown, { known: known.length, all: factNames.length })}
        detail={
          unknown.length > 0
            ? fill(path.open, { facts: unknown.map((u) => u.title).join(", ") })
            : path.nothingOpen
        }
      />
      <Arrow />
      <Step
        sign={<Disc name={gravest ? signs[gravest.result] : clear ? "check" : "circle"} />}
        title={rulesThatHold(verdict.findings.length, path)}
        detail={gravest?.title ?? (clear ? path.nothingAgainst : path.noneFits)}
      />
      <Arrow />
      <Step
        sign={<OutcomeSign outcome={verdict.outcome} />}
        title={headingOf(verdict, words)}
        detail={path.verdict}
      />
    </ol>
  );
}

function rulesThatHold(count: number, path: AnswerWords["page"]["path"]): string {
  if (count === 0) return path.noRule;
  return count === 1 ? path.oneRule : fill(path.rules, { count });
}

function Step({ sign, title, detail }: { sign: ReactNode; title: string; detail: string }) {
  return (
    <li className="bg-sunken flex min-w-0 items-center gap-3 rounded-xl px-3 py-3 sm:flex-col sm:text-center">
      {sign}
      <span className="min-w-0">
        <span className="block text-sm font-semibold">{title}</span>
        <span className="text-muted line-clamp-2 block text-sm">{detail}</span>
      </span>
    </li>
  );
}

function Arrow() {
  return (
    <li aria-hidden="true" className="text-muted flex items-center justify-center">
      <Glyph name="down" className="size-5 sm:hidden" />
      <Glyph name="right" className="hidden size-5 sm:block" />
    </li>
  );
}

function Disc({ name }: { name: Parameters<typeof Glyph>[0]["name"] }) {
  return (
    <span className="bg-surface text-ink flex size-12 shrink-0 items-center justify-center rounded-full">
      <Glyph name={name} className="size-6" />
    </span>
  );
}

/** One dot for each fact: filled where it is known. */
function Dots({ known }: { known: readonly FactName[] }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 48 48" className="bg-surface text-ink size-12 shrink-0 rounded-full">
      {factNames.map((name, i) => {
        const angle = (i / factNames.length) * 2 * Math.PI - Math.PI / 2;
        const [x, y] = [24 + 13 * Math.cos(angle), 24 + 13 * Math.sin(angle)];
        return (
          <circle
            key={name}
            cx={x.toFixed(2)}
            cy={y.toFixed(2)}
            r="4"
            stroke="currentColor"
            strokeWidth="2"
            fill={known.includes(name) ? "currentColor" : "none"}
          />
        );
      })}
    </svg>
  );
}
