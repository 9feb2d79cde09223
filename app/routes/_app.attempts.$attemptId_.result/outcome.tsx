import { useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { RevokedOn } from "#app/components/period-notes.tsx";
import { ScoreRing } from "#app/components/score-ring.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { passes } from "#app/domain/learning/marking.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** The score against the pass mark, what it means and what comes next. */
export function Outcome() {
  const t = useT();
  const result = useLoaderData<typeof loader>();
  const { requirement, score, passed, passMark, certificateId, expiresAt, revoked, erased, further } = result;
  const last = further?.start.ok === false && further.start.reason === "exhausted";
  const percent = shownPercent(score, passMark, passed);
  const mark = Math.round(passMark * 100);
  if (result.kind === "refresher" && !passed && !erased) return <ToLearnAgain />;
  return (
    <Card as="section" className="mt-4 sm:p-8">
      <div className="flex flex-wrap items-center gap-x-10 gap-y-6">
        <ScoreRing
          value={score}
          mark={passMark}
          tone={passed ? "good" : "bad"}
          label={t("Score {{percent}} %, pass mark {{mark}} %", { percent, mark })}
          className="size-36 sm:size-44"
        >
          <span className="text-3xl font-bold sm:text-4xl">{percent} %</span>
          <span className="text-muted mx-auto block max-w-24 text-xs text-balance sm:text-sm">
            {t("{{percent}} % to pass", { percent: mark })}
          </span>
        </ScoreRing>
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="flex items-center gap-3 text-2xl sm:text-3xl">
            <span
              className={`grid size-10 shrink-0 place-items-center rounded-full ${passed ? "bg-good-soft text-good-ink" : "bg-bad-soft text-bad-ink"}`}
            >
              <Glyph name={passed ? "check" : "cross"} className="size-5" />
            </span>
            {t(passed ? "Passed" : "Not passed this time")}
          </h1>
          <p className="text-muted mt-3 text-pretty">
            {revoked ? (
              <>
                {t("You had shown what this requirement asks for; it does not count any more.")}{" "}
                <strong className="text-ink font-semibold">
                  <RevokedOn revoked={revoked} />
                </strong>
              </>
            ) : passed ? (
              <>
                {t("You have shown what this requirement asks for.")}
                {expiresAt ? (
                  <>
                    {" "}
                    <Rich text="It counts until <day/>." elements={{ day: <LastDay at={expiresAt} /> }} />
                  </>
                ) : null}
              </>
            ) : erased || last ? (
              t("You reached {{percent}} % of the {{mark}} % needed.", { percent, mark })
            ) : (
              t(
                "You reached {{percent}} % of the {{mark}} % needed. Read the explanations below, look at the lessons again where the bars are short, then try once more.",
                { percent, mark },
              )
            )}
          </p>
          <Further />
          <div className="mt-5 flex flex-wrap gap-3">
            {certificateId && !revoked ? (
              <ButtonAnchor href={`/certificates/${certificateId}`}>
                <Glyph name="seal" />
                {t("Certificate (PDF)")}
              </ButtonAnchor>
            ) : null}
            {passed ? (
              <ButtonLink to="/learn" look="secondary">
                {t("Back to Learn")}
              </ButtonLink>
            ) : (
              <>
                <ButtonLink to={`/learn/${requirement}`}>{t("Look at the lessons")}</ButtonLink>
                {further === null || further.start.ok ? (
                  <ButtonLink to={`/learn/${requirement}/assessment`} look="secondary">
                    {t("Next attempt")}
                  </ButtonLink>
                ) : null}
              </>
            )}
          </div>
        </div>
      </div>
    </Card>
  );
}

/** Of the newest attempt what comes after it: the pause and the attempts left, or the questions that come back. */
function Further() {
  const t = useT();
  const { further, passed, revoked } = useLoaderData<typeof loader>();
  if (!further) return null;
  const { start, left } = further;
  const line = "text-muted mt-3 text-pretty";
  if (passed)
    return further.practiceFrom && !revoked ? (
      <p className={line}>
        <Rich
          text="From <day/> two questions wait for you on the home page: answering from memory makes it last."
          elements={{ day: <Day at={further.practiceFrom.toISOString()} /> }}
        />
      </p>
    ) : null;
  if (!start.ok && start.reason === "exhausted")
    return (
      <p className={line}>
        <strong className="text-ink font-semibold">{t("All attempts are used")}.</strong>{" "}
        {t("Talk to your manager or to HR: they can grant another attempt and help with what is unclear.")}
      </p>
    );
  return (
    <p className={line}>
      {!start.ok && start.reason === "cool_down" ? (
        <>
          <strong className="text-ink font-semibold">
            <Rich
              text="The next attempt opens <moment/>."
              elements={{ moment: <Moment at={start.until.toISOString()} /> }}
            />
          </strong>{" "}
        </>
      ) : null}
      {t("{{count}} attempts are left.", { count: left })}
    </p>
  );
}

/** A refresher that has found something to learn again: no failure, and the score of it says little. */
function ToLearnAgain() {
  const t = useT();
  const { requirement, passMark, objectives } = useLoaderData<typeof loader>();
  const asked = objectives.filter((objective) => objective.items > 0);
  const known = asked.filter((objective) => passes(objective.score, passMark)).length;
  const total = asked.length;
  return (
    <Card as="section" className="mt-4 sm:p-8">
      <div className="flex flex-wrap items-center gap-x-10 gap-y-6">
        <ScoreRing
          value={known / total}
          tone="accent"
          label={t("You still know {{known}} of {{total}} objectives.", { known, total })}
          className="size-36 sm:size-44"
        >
          <span className="text-3xl font-bold sm:text-4xl">
            {known}/{total}
          </span>
        </ScoreRing>
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-2xl sm:text-3xl">{t("Some to learn again")}</h1>
          <p className="text-muted mt-3 text-pretty">
            {t("You still know {{known}} of {{total}} objectives.", { known, total })}{" "}
            {t(
              "Take the lessons on the others; then you are asked two questions on each of those. The rest you need not repeat.",
            )}
          </p>
          <Further />
          <div className="mt-5 flex flex-wrap gap-3">
            <ButtonLink to={`/learn/${requirement}`}>{t("To the lessons")}</ButtonLink>
          </div>
        </div>
      </div>
    </Card>
  );
}

/** A failed score never reads as if it had reached the pass mark. */
function shownPercent(score: number, passMark: number, passed: boolean): number {
  const percent = Math.round(score * 100);
  return passed ? percent : Math.min(percent, Math.ceil(passMark * 100) - 1);
}
