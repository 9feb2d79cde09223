import { Glyph } from "#app/components/glyph.tsx";
import { lessonAt } from "#app/components/next-step.ts";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import type { CourseView } from "#app/domain/competence/course.server.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { Listed, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { sourceLanguage } from "#app/domain/content/language.ts";

/** The one next thing to do for a requirement, with its button. */
export function NextStep({ course, now }: { course: CourseView; now: Date }) {
  const { title, text, action } = useAdvice(course, now);
  return (
    <Card as="section" className="border-accent">
      <h2 className="text-lg">{title}</h2>
      <div className="text-muted mt-1 mb-4 max-w-prose text-pretty">{text}</div>
      {action}
    </Card>
  );
}

function useAdvice(
  course: CourseView,
  now: Date,
): { title: string; text: React.ReactNode; action: React.ReactNode } {
  const t = useT();
  const langOf = useLangOf();
  const { assessment, lessons, nextLesson, percent } = course;
  const { slug } = course.requirement;
  const { start } = assessment;
  const lesson = lessons.find((one) => one.id === nextLesson);
  const go = (to: string, label: string) => (
    <ButtonLink to={to}>
      {label}
      <Glyph name="right" />
    </ButtonLink>
  );
  if (!start.ok && start.reason === "passed") {
    return {
      title: t("Passed"),
      text: course.expiresAt ? (
        course.expiresAt < now ? (
          <Rich
            text="Your competence ended on <day/>. The renewal opens shortly."
            elements={{ day: <LastDay at={course.expiresAt} /> }}
          />
        ) : (
          <Rich
            text="You are competent until <day/>. The lessons stay open to you."
            elements={{ day: <LastDay at={course.expiresAt} /> }}
          />
        )
      ) : (
        t("The lessons stay open to you.")
      ),
      action: course.certificateId ? (
        <ButtonAnchor href={`/certificates/${course.certificateId}`}>
          <Glyph name="seal" />
          {t("Certificate (PDF)")}
        </ButtonAnchor>
      ) : null,
    };
  }
  if (assessment.openAttemptId) {
    return {
      title: t("Your assessment is open"),
      text: t("The clock is running. What you have answered is saved."),
      action: go(`/attempts/${assessment.openAttemptId}`, t("Resume the assessment")),
    };
  }
  if (lesson) {
    return {
      title: t(percent === 0 ? "Start here" : "Go on where you stopped"),
      text: (
        <Rich
          text="<lesson/>, about {{count}} minutes."
          values={{ count: lesson.minutes }}
          elements={{ lesson: <span lang={langOf(lesson.language)}>{lesson.title}</span> }}
        />
      ),
      action: go(lessonAt(slug, lesson.id, lesson.next), t(percent === 0 ? "Start" : "Continue")),
    };
  }
  if (!course.acknowledged) {
    const open = course.policies.filter((policy) => policy.acknowledgedAt === null);
    return {
      title: t("Acknowledge the policies"),
      text: (
        <Rich
          text={
            assessment.kind === "refresher"
              ? "Before the questions, confirm that you have read <policies/>."
              : "The lessons are done. Confirm that you have read <policies/>."
          }
          elements={{
            policies: <Listed names={open.map((policy) => policy.title)} lang={langOf(sourceLanguage)} />,
          }}
        />
      ),
      action: go(`/learn/${slug}/acknowledge`, t("To the policies")),
    };
  }
  if (start.ok) {
    return {
      title:
        assessment.kind === "refresher"
          ? t(start.number === 1 ? "First show what you still know" : "Now what you missed")
          : start.number === 1
            ? t("Ready for the assessment")
            : t("Ready for attempt {{number}}", { number: start.number }),
      text: termsOf(assessment, t),
      action: go(`/learn/${slug}/assessment`, t("To the assessment")),
    };
  }
  if (start.reason === "cool_down") {
    return {
      title: t("A pause before the next attempt"),
      text: (
        <Rich
          text="The next attempt opens <moment/>. Use the time to look at the lessons again."
          elements={{ moment: <Moment at={start.until.toISOString()} /> }}
        />
      ),
      action: go(`/learn/${slug}/assessment`, t("Earlier attempts")),
    };
  }
  return {
    title: t("All attempts are used"),
    text: t("Talk to your manager or to HR: they can grant another attempt and help with what is unclear."),
    action: go(`/learn/${slug}/assessment`, t("Earlier attempts")),
  };
}

/** How much is asked, in which time, and what it takes to pass. */
function termsOf({ kind, items, minutes, passMark }: CourseView["assessment"], t: Translate): string {
  const percent = Math.round(passMark * 100);
  if (minutes === null)
    return t(
      kind === "refresher"
        ? "{{count}} items without a time limit; {{percent}} % on each objective to pass."
        : "{{count}} items without a time limit; {{percent}} % to pass.",
      { count: items, percent },
    );
  return t(
    kind === "refresher"
      ? "{{count}} items in {{minutes}} minutes; {{percent}} % on each objective to pass."
      : "{{count}} items in {{minutes}} minutes; {{percent}} % to pass.",
    { count: items, minutes, percent },
  );
}
