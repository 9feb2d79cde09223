import { Link } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Meter } from "#app/components/ui/surface.tsx";
import type { LessonView } from "#app/domain/competence/lesson.server.ts";

/** What follows when all parts of a lesson are taken. */
export function LessonEnd({
  view,
}: {
  view: Pick<LessonView, "requirement" | "previous" | "following" | "percent" | "lessonsDone">;
}) {
  const { requirement, previous, following, percent, lessonsDone } = view;
  const base = `/learn/${requirement.slug}`;
  return (
    <section
      id="end"
      tabIndex={-1}
      aria-labelledby="end-title"
      className="border-line scroll-mt-16 border-t pt-8 outline-none"
    >
      <h2 id="end-title" className="flex items-center gap-3 text-xl">
        <span className="bg-good-soft text-good-ink grid size-8 place-items-center rounded-full">
          <Glyph name="check" />
        </span>
        {lessonsDone ? "All lessons are done" : "Lesson done"}
      </h2>
      <div className="mt-4 max-w-md">
        <Meter value={percent / 100} label="Lessons done" tone={lessonsDone ? "good" : "accent"} />
        <p className="text-muted mt-2 text-sm">{percent} % of all lessons</p>
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-3">
        {following && !lessonsDone ? (
          <ButtonLink to={`${base}/lessons/${following.id}`}>
            Next: {following.title}
            <Glyph name="right" />
          </ButtonLink>
        ) : (
          <ButtonLink to={base}>
            {lessonsDone ? "What comes next" : "To the overview"}
            <Glyph name="right" />
          </ButtonLink>
        )}
        {following && lessonsDone ? (
          <ButtonLink to={`${base}/lessons/${following.id}`} look="secondary">
            Next lesson
          </ButtonLink>
        ) : null}
        {previous ? (
          <Link
            to={`${base}/lessons/${previous.id}`}
            className="text-accent flex min-h-11 items-center gap-2 text-sm font-semibold underline-offset-4 hover:underline"
          >
            <Glyph name="left" />
            {previous.title}
          </Link>
        ) : null}
      </div>
    </section>
  );
}
