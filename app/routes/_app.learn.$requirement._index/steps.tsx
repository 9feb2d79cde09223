import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Glyph } from "#app/components/glyph.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge } from "#app/components/ui/surface.tsx";
import type { CourseView } from "#app/domain/competence/curriculum.server.ts";

/** The way through a course: its lessons, the acknowledgement, the assessment. */
export function Steps({ course }: { course: CourseView }) {
  const { requirement, lessons, policies, acknowledged, assessment, lessonsDone } = course;
  const base = `/learn/${requirement.slug}`;
  const passed = assessment.history.some((attempt) => attempt.passed);
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" className="text-xl">
        Your way
      </h2>
      <ol className="border-line divide-line bg-surface mt-4 divide-y overflow-hidden rounded-2xl border">
        {lessons.map((lesson) => (
          <Row
            key={lesson.id}
            done={lesson.done}
            begun={lesson.taken > 0}
            to={`${base}/lessons/${lesson.id}`}
            title={lesson.title}
          >
            about {lesson.minutes} minutes
            {lesson.credited && !lesson.done ? " · only if you miss it in the questions" : null}
            {lesson.taken > 0 && !lesson.done ? ` · ${lesson.taken} of ${lesson.parts} parts` : null}
          </Row>
        ))}
        {policies.length > 0 ? (
          <Row
            done={acknowledged}
            to={`${base}/acknowledge`}
            title={
              policies.length === 1 ? "Acknowledge the policy" : `Acknowledge ${policies.length} policies`
            }
          >
            {policies.map((policy) => policy.title).join(" · ")}
          </Row>
        ) : null}
        <Row done={passed} begun={assessment.history.length > 0} to={`${base}/assessment`} title="Assessment">
          {assessment.items} items · {assessment.minutes} minutes · {Math.round(assessment.passMark * 100)} %
          to pass
          {lessonsDone ? null : " · opens after the lessons"}
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
  children,
}: {
  done: boolean;
  begun?: boolean;
  to: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <li className="hover:bg-sunken relative flex items-start gap-4 px-5 py-4">
      <span
        className={`mt-0.5 grid size-6 shrink-0 place-items-center rounded-full ${done ? "bg-good-soft text-good-ink" : "text-muted"}`}
      >
        <Glyph name={done ? "check" : begun ? "half" : "circle"} className={done ? "size-3.5" : "size-5"} />
      </span>
      <div className="min-w-0">
        <Link to={to} className="font-medium after:absolute after:inset-0">
          {title}
          <span className="sr-only">{done ? " (done)" : begun ? " (begun)" : ""}</span>
        </Link>
        <p className="text-muted text-sm">{children}</p>
      </div>
    </li>
  );
}

function History({ course }: { course: CourseView }) {
  return (
    <div className="mt-6">
      <h3 className="text-base">Attempts so far</h3>
      <ul className="mt-2 space-y-2">
        {course.assessment.history.map((attempt) => (
          <li key={attempt.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Link
              to={attempt.submittedAt ? `/attempts/${attempt.id}/result` : `/attempts/${attempt.id}`}
              className="text-accent font-medium underline underline-offset-4"
            >
              Attempt {attempt.number}
            </Link>
            <Day at={(attempt.submittedAt ?? attempt.startedAt).toISOString()} />
            {attempt.score === null ? (
              <Badge tone="info">Open</Badge>
            ) : (
              <Badge tone={attempt.passed ? "good" : "bad"}>
                <Glyph name={attempt.passed ? "check" : "cross"} className="size-3.5" />
                {Math.round(attempt.score * 100)} % · {attempt.passed ? "passed" : "not passed"}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
