import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { Filled } from "./filled.tsx";
import type { QuestionView } from "./route.tsx";

type About = { about: NonNullable<QuestionView["case"]>; language: QuestionView["language"] };

/** The case of a question and how it stands. */
export function CaseLine({ about, language }: About) {
  const { card, caseStates, locale } = answerWords[language];
  const number = (
    <Link to={`/cases/${about.id}`} className="text-accent font-semibold underline underline-offset-4">
      {fill(card.caseNumber, { number: about.number })}
    </Link>
  );
  const state = caseStates[about.decision ?? about.status];
  return (
    <p className="border-line mt-6 border-t pt-5">
      <Filled text={about.automatic ? card.caseByPolicy : card.caseByAsker} by={{ case: number, state }} />
      {about.decision ? null : (
        <>
          {" "}
          <Filled text={card.answerBy} by={{ day: <Day at={about.dueAt.toISOString()} locale={locale} /> }} />
        </>
      )}
    </p>
  );
}
