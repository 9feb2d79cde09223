import { Glyph } from "#app/components/glyph.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import type { CourseView } from "#app/domain/competence/curriculum.server.ts";

/** The one next thing to do for a requirement, with its button. */
export function NextStep({ course, now }: { course: CourseView; now: Date }) {
  const { title, text, action } = adviceFor(course, now);
  return (
    <Card as="section" className="border-accent">
      <h2 className="text-lg">{title}</h2>
      <div className="text-muted mt-1 mb-4 max-w-prose text-pretty">{text}</div>
      {action}
    </Card>
  );
}

function adviceFor(
  course: CourseView,
  now: Date,
): { title: string; text: React.ReactNode; action: React.ReactNode } {
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
      title: "Passed",
      text: course.expiresAt ? (
        course.expiresAt < now ? (
          <>
            Your competence ended on <Day at={course.expiresAt.toISOString()} />. The renewal opens shortly.
          </>
        ) : (
          <>
            You are competent until <Day at={course.expiresAt.toISOString()} />. The lessons stay open to you.
          </>
        )
      ) : (
        "The lessons stay open to you."
      ),
      action: course.certificateId ? (
        <ButtonAnchor href={`/certificates/${course.certificateId}`}>
          <Glyph name="seal" />
          Certificate (PDF)
        </ButtonAnchor>
      ) : null,
    };
  }
  if (assessment.openAttemptId) {
    return {
      title: "Your assessment is open",
      text: "The clock is running. What you have answered is saved.",
      action: go(`/attempts/${assessment.openAttemptId}`, "Resume the assessment"),
    };
  }
  if (lesson) {
    return {
      title: percent === 0 ? "Start here" : "Go on where you stopped",
      text: `${lesson.title}, about ${lesson.minutes} minutes.`,
      action: go(`/learn/${slug}/lessons/${lesson.id}`, percent === 0 ? "Start" : "Continue"),
    };
  }
  if (!course.acknowledged) {
    const open = course.policies.filter((policy) => policy.acknowledgedAt === null);
    return {
      title: "Acknowledge the policies",
      text: `The lessons are done. Confirm that you have read ${open.map((policy) => policy.title).join(" and ")}.`,
      action: go(`/learn/${slug}/acknowledge`, "To the policies"),
    };
  }
  if (start.ok) {
    return {
      title:
        assessment.kind === "refresher"
          ? start.number === 1
            ? "First show what you still know"
            : "Now what you missed"
          : start.number === 1
            ? "Ready for the assessment"
            : `Ready for attempt ${start.number}`,
      text: `${assessment.items} items in ${assessment.minutes} minutes; ${Math.round(assessment.passMark * 100)} % to pass.`,
      action: go(`/learn/${slug}/assessment`, "To the assessment"),
    };
  }
  if (start.reason === "cool_down") {
    return {
      title: "A pause before the next attempt",
      text: (
        <>
          The next attempt opens <Moment at={start.until.toISOString()} />. Use the time to look at the
          lessons again.
        </>
      ),
      action: go(`/learn/${slug}/assessment`, "Earlier attempts"),
    };
  }
  return {
    title: "All attempts are used",
    text: "Talk to your manager or to HR: they can grant another attempt and help with what is unclear.",
    action: go(`/learn/${slug}/assessment`, "Earlier attempts"),
  };
}
