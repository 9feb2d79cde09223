import { Link } from "@remix-run/react";
import { daysUntil, isToDo } from "#app/domain/competence/agenda.ts";
import type { PeriodState } from "#app/domain/competence/period-state.ts";
import { Glyph } from "./glyph.tsx";
import { nextStep } from "./next-step.ts";
import { StateBadge } from "./state-badge.tsx";
import { ButtonAnchor, ButtonLink } from "./ui/button.tsx";
import { Day } from "./ui/moment.tsx";
import { Card, Meter } from "./ui/surface.tsx";

type Dates = { state: PeriodState; dueAt: Date; completedAt: Date | null; expiresAt: Date | null };

/** The date that matters in this state, and how far off it is. */
export function DueLine({ state, dueAt, completedAt, expiresAt, now }: Dates & { now: Date }) {
  if (state === "waived") return <>Waived for now; nothing to do</>;
  if (state === "expired" && expiresAt)
    return (
      <>
        Expired <Day at={expiresAt.toISOString()} />
      </>
    );
  if (completedAt && expiresAt)
    return (
      <>
        Valid until <Day at={expiresAt.toISOString()} />
        {state === "expiring" ? ` · ${distance(daysUntil(expiresAt, now))}` : null}
      </>
    );
  const days = daysUntil(dueAt, now);
  return (
    <>
      {days < 0 ? "Was due" : "Due"} <Day at={dueAt.toISOString()} /> · {distance(days)}
    </>
  );
}

function distance(days: number): string {
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? "day" : "days"}`;
  return days === 0 ? "today" : days < 0 ? `${count} ago` : `in ${count}`;
}

/** One requirement in a list: where it stands, until when, how far, and what to do. */
export function RequirementCard({
  requirement,
  now,
}: {
  requirement: Dates & {
    slug: string;
    title: string;
    module: { title: string; minutes: number; lessons: number };
    percent: number;
    nextLesson: string | null;
    openAttemptId: string | null;
    certificateId: string | null;
  };
  now: Date;
}) {
  const { slug, title, state, module, percent, certificateId } = requirement;
  const step = nextStep(requirement);
  return (
    <Card as="li" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="text-lg">
            <Link to={`/learn/${slug}`} className="hover:text-accent underline-offset-4 hover:underline">
              {title}
            </Link>
          </h3>
          <p className="text-muted text-sm">
            {module.title} · {module.lessons} lessons, about {module.minutes} minutes
          </p>
        </div>
        <StateBadge state={state} />
      </div>
      <div>
        <Meter
          value={percent / 100}
          label={`Lessons of ${title}`}
          tone={percent === 100 ? "good" : "accent"}
        />
        <p className="text-muted mt-2 flex flex-wrap justify-between gap-x-4 text-sm">
          <span>
            <DueLine {...requirement} now={now} />
          </span>
          <span>{percent} % of the lessons</span>
        </p>
      </div>
      <div className="mt-auto flex flex-wrap gap-3">
        <ButtonLink
          to={step.to}
          look={isToDo(state) ? "primary" : "secondary"}
          aria-label={`${step.label}: ${title}`}
        >
          {step.label}
          <Glyph name="right" />
        </ButtonLink>
        {certificateId ? (
          <ButtonAnchor
            href={`/certificates/${certificateId}`}
            look="quiet"
            aria-label={`Certificate (PDF): ${title}`}
          >
            <Glyph name="seal" />
            Certificate (PDF)
          </ButtonAnchor>
        ) : null}
      </div>
    </Card>
  );
}
