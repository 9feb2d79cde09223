import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Glyph } from "#app/components/glyph.tsx";
import { lessonAt } from "#app/components/next-step.ts";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import type { CourseView } from "#app/domain/competence/course.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";

/** The way through a course: its lessons, the acknowledgement, the assessment. */
export function Steps({ course }: { course: CourseView }) {
  const t = useT();
  const langOf = useLangOf();
  const { requirement, lessons, policies, acknowledged, assessment, lessonsDone } = course;
  const base = `/learn/${requirement.slug}`;
  const passed = assessment.history.some((attempt) => attempt.passed);
  /** A refresher has asked, so that what is credited was known. */
  const asked = assessment.history.some((attempt) => attempt.submittedAt !== null);
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" className="text-xl">
        {t("Your way")}
      </h2>
      <ol className="border-line divide-line bg-surface mt-4 divide-y overflow-hidden rounded-2xl border">
        {lessons.map((lesson) => (
          <Row
            key={lesson.id}
            done={lesson.done}
            begun={lesson.taken > 0}
            to={lessonAt(requirement.slug, lesson.id, lesson.done ? 0 : lesson.next)}
            title={lesson.title}
            lang={langOf(lesson.language)}
          >
            {t("about {{count}} minutes", { count: lesson.minutes })}
            {lesson.credited && !lesson.done
              ? ` · ${asked ? t("you know this; no need to repeat it") : t("only if you miss it in the questions")}`
              : null}
            {lesson.taken > 0 && !lesson.done
              ? ` · ${t("{{done}} of {{total}} parts", { done: lesson.taken, total: lesson.parts })}`
              : null}
          </Row>
        ))}
        {policies.length > 0 ? (
          <Row
            done={acknowledged}
            to={`${base}/acknowledge`}
            title={
              policies.length === 1
                ? t("Acknowledge the policy")
                : t("Acknowledge {{number}} policies", { number: policies.length })
            }
          >
            <span lang={langOf(sourceLanguage)}>{policies.map((policy) => policy.title).join(" · ")}</span>
          </Row>
        ) : null}
        <Row
          done={passed}
          begun={assessment.history.length > 0}
          to={`${base}/assessment`}
          title={assessment.kind === "refresher" ? t("Refresher questions") : t("Assessment")}
        >
          {t("{{count}} items", { count: assessment.items })} ·{" "}
          {assessment.minutes === null
            ? t("No time limit")
            : t("{{count}} minutes", { count: assessment.minutes })}{" "}
          ·{" "}
          {t(
            assessment.kind === "refresher"
              ? "{{percent}} % on each objective to pass"
              : "{{percent}} % to pass",
            { percent: Math.round(assessment.passMark * 100) },
          )}
          {lessonsDone ? null : ` · ${t("opens after the lessons")}`}
        </Row>
      </ol>
      {assessment.history.length > 0 ? <History course={course} /> : null}
    </section>
  );
}

function Row({
  done,
  begun = false,
  to,
  title,
  lang,
  children,
}: {
  done: boolean;
  begun?: boolean;
  to: string;
  title: string;
  /** Of the title, where it is not the page's. */
  lang?: string | undefined;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <li className="hover:bg-sunken relative flex items-start gap-4 px-5 py-4">
      <span
        className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${done ? "bg-good-soft text-good-ink" : "text-muted"}`}
      >
        <Glyph name={done ? "check" : begun ? "half" : "circle"} className={done ? "size-3.5" : "size-5"} />
      </span>
      <div className="min-w-0">
        <Link to={to} className="font-medium after:absolute after:inset-0">
          <span lang={lang}>{title}</span>
          <span className="sr-only">{done ? ` ${t("(done)")}` : begun ? ` ${t("(begun)")}` : ""}</span>
        </Link>
        <p className="text-muted text-sm">{children}</p>
      </div>
    </li>
  );
}

function History({ course }: { course: CourseView }) {
  const t = useT();
  return (
    <div className="mt-6">
      <h3 className="text-base">{t("Attempts so far")}</h3>
      <ul className="mt-2 space-y-2">
        {course.assessment.history.map((attempt) => (
          <li key={attempt.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Link
              to={attempt.submittedAt ? `/attempts/${attempt.id}/result` : `/attempts/${attempt.id}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              {t("Attempt {{number}}", { number: attempt.number })}
            </Link>
            <Day at={(attempt.submittedAt ?? attempt.startedAt).toISOString()} />
            {attempt.score === null ? (
              <Badge tone="info">{t("Open")}</Badge>
            ) : attempt.kind === "refresher" && !attempt.passed ? (
              <Badge tone="warn">
                <Glyph name="half" className="size-3.5" />
                {t("Some to learn again")}
              </Badge>
            ) : (
              <Badge tone={attempt.passed ? "good" : "bad"}>
                <Glyph name={attempt.passed ? "check" : "cross"} className="size-3.5" />
                {Math.round(attempt.score * 100)} % · {t(attempt.passed ? "passed" : "not passed")}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
