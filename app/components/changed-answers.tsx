import { Link } from "@remix-run/react";
import type { Outcome } from "#app/domain/risk/outcome.ts";
import type { Language } from "#app/domain/content/language.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { OutcomeBadge } from "./outcome-badge.tsx";
import { Day } from "./ui/moment.tsx";
import { Badge, Card } from "./ui/surface.tsx";

export type ChangedAnswer = {
  questionId: string;
  text: string;
  language: Language;
  before: Outcome;
  after: Outcome;
  changes: string[];
  at: Date;
  seen: boolean;
};

/** Answers of the reader that would be others today, with what has changed. Nothing when there are none. */
export function ChangedAnswers({ answers }: { answers: ChangedAnswer[] }) {
  const t = useT();
  if (answers.length === 0) return null;
  return (
    <section aria-labelledby="changed" className="mb-8">
      <h2 id="changed" className="mb-4 text-xl">
        {t("Answers that have changed")}
      </h2>
      <ul className="space-y-3">
        {answers.map((answer) => (
          <Card as="li" key={answer.questionId} className="border-l-warn relative border-l-4">
            <div className="flex flex-wrap items-center gap-2">
              <Outcomes {...answer} />
              {answer.seen ? null : <Badge tone="accent">{t("New")}</Badge>}
              <span className="text-muted text-sm">
                <Day at={answer.at.toISOString()} />
              </span>
            </div>
            <h3 className="mt-2 line-clamp-2 text-base wrap-anywhere">
              <Link
                to={`/ask/${answer.questionId}`}
                lang={answer.language}
                className="hover:text-accent after:absolute after:inset-0"
              >
                {answer.text}
              </Link>
            </h3>
            <p lang={answer.language} className="text-muted mt-1 line-clamp-3 text-sm text-pretty">
              {answer.changes.join(" ")}
            </p>
          </Card>
        ))}
      </ul>
    </section>
  );
}

function Outcomes({ before, after }: Pick<ChangedAnswer, "before" | "after">) {
  const t = useT();
  if (before === after) return <OutcomeBadge outcome={after} />;
  return (
    <>
      <OutcomeBadge outcome={before} />
      <Glyph name="right" className="text-muted size-4" />
      <span className="sr-only">{t("is now")}</span>
      <OutcomeBadge outcome={after} />
    </>
  );
}
