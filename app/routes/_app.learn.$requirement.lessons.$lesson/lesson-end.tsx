import { Link } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Meter } from "#app/components/ui/surface.tsx";
import type { LessonView } from "#app/domain/competence/lesson.server.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";

/** What follows when all parts of a lesson are taken. */
export function LessonEnd({
  view,
}: {
  view: Pick<
    LessonView,
    "requirement" | "previous" | "following" | "percent" | "minutesLeft" | "lessonsDone"
  >;
}) {
  const { requirement, previous, following, percent, minutesLeft, lessonsDone } = view;
  const t = useT();
  const langOf = useLangOf();
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
        {t(lessonsDone ? "All lessons are done" : "Lesson done")}
      </h2>
      <div className="mt-4 max-w-md">
        <Meter value={percent / 100} label={t("Lessons done")} tone={lessonsDone ? "good" : "accent"} />
        <p className="text-muted mt-2 flex flex-wrap justify-between gap-x-4 text-sm">
          <span>{t("{{percent}} % of all lessons", { percent })}</span>
          {minutesLeft > 0 ? <span>{t("about {{count}} minutes left", { count: minutesLeft })}</span> : null}
        </p>
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-3">
        {following && !lessonsDone ? (
          <ButtonLink to={`${base}/lessons/${following.id}`}>
            <span>
              <Rich
                text="Next: <lesson/>"
                elements={{ lesson: <span lang={langOf(following.language)}>{following.title}</span> }}
              />
            </span>
            <Glyph name="right" />
          </ButtonLink>
        ) : (
          <ButtonLink to={base}>
            {t(lessonsDone ? "What comes next" : "To the overview")}
            <Glyph name="right" />
          </ButtonLink>
        )}
        {following && lessonsDone ? (
          <ButtonLink to={`${base}/lessons/${following.id}`} look="secondary">
            {t("Next lesson")}
          </ButtonLink>
        ) : null}
        {previous ? (
          <Link
            to={`${base}/lessons/${previous.id}`}
            className="text-accent flex min-h-11 items-center gap-2 text-sm font-semibold underline-offset-4 hover:underline"
          >
            <Glyph name="left" />
            <span lang={langOf(previous.language)}>{previous.title}</span>
          </Link>
        ) : null}
      </div>
    </section>
  );
}
