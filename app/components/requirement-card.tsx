import { Link } from "@remix-run/react";
import { daysUntil, isOpen } from "#app/domain/competence/agenda.ts";
import type { Held } from "#app/domain/competence/study.ts";
import type { PeriodState } from "#app/domain/competence/period-state.ts";
import { type Language, sourceLanguage } from "#app/domain/content/language.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Glyph } from "./glyph.tsx";
import { HeldLine } from "./held-line.tsx";
import { LastDay } from "./last-day.tsx";
import { nextStep } from "./next-step.ts";
import {
  type Asked,
  type Ended,
  NoLongerAsked,
  type Revoked,
  StandingBadge,
  WhyAsked,
} from "./period-notes.tsx";
import { ButtonAnchor, ButtonLink } from "./ui/button.tsx";
import { useTimeZone } from "./ui/moment.tsx";
import { Card, Meter } from "./ui/surface.tsx";

type Dates = {
  state: PeriodState;
  dueAt: Date;
  completedAt: Date | null;
  expiresAt: Date | null;
  /** Given where it is asked no longer. */
  ended?: Ended | null;
};

/** The date that matters in this state, and how far off it is, where the reader is or, of somebody else, in their `zone`. */
export function DueLine({
  state,
  dueAt,
  completedAt,
  expiresAt,
  ended,
  now,
  zone,
}: Dates & { now: Date; zone?: string | undefined }) {
  const t = useT();
  const reader = useTimeZone();
  const left = (at: Date): number => daysUntil(at, now, zone ?? reader);
  if (ended) return <NoLongerAsked ended={ended} />;
  if (state === "waived") return <>{t("Waived for now; nothing to do")}</>;
  if (state === "expired" && expiresAt)
    return <Rich text="Expired <day/>" elements={{ day: <LastDay at={expiresAt} zone={zone} /> }} />;
  if (completedAt && expiresAt)
    return (
      <>
        <Rich text="Valid until <day/>" elements={{ day: <LastDay at={expiresAt} zone={zone} /> }} />
        {state === "expiring" ? ` · ${distance(left(expiresAt), t)}` : null}
      </>
    );
  const days = left(dueAt);
  const elements = { day: <LastDay at={dueAt} zone={zone} /> };
  return (
    <>
      <Rich text={days < 0 ? "Was due <day/>" : "Due <day/>"} elements={elements} /> · {distance(days, t)}
    </>
  );
}

function distance(days: number, t: Translate): string {
  if (days === 0) return t("today");
  return days < 0 ? t("{{count}} days ago", { count: -days }) : t("in {{count}} days", { count: days });
}

/** How far the lessons are, and for how long there is still something to read. */
export function LessonsLeft({ percent, minutesLeft }: { percent: number; minutesLeft: number }) {
  const t = useT();
  return (
    <span>
      <span>{t("{{percent}} % of the lessons", { percent })}</span>
      {minutesLeft > 0 ? <span> · {t("about {{count}} minutes left", { count: minutesLeft })}</span> : null}
    </span>
  );
}

/** One requirement in a list: where it stands, until when, how far, and what to do. */
export function RequirementCard({
  requirement,
  now,
}: {
  requirement: Dates & {
    slug: string;
    title: string;
    module: { title: string; language: Language; minutes: number; lessons: number };
    percent: number;
    minutesLeft: number;
    nextLesson: string | null;
    nextPart: number;
    openAttemptId: string | null;
    held: Held | null;
    certificateId: string | null;
    ended: Ended | null;
    asked: Asked | null;
    revoked: Revoked | null;
  };
  now: Date;
}) {
  const { slug, title, state, module, percent, certificateId, ended, asked, revoked } = requirement;
  const t = useT();
  const langOf = useLangOf();
  const step = nextStep(requirement);
  const label = t(step.label);
  return (
    <Card as="li" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="text-lg">
            <Link
              to={`/learn/${slug}`}
              lang={langOf(sourceLanguage)}
              className="hover:text-accent underline-offset-4 hover:underline"
            >
              {title}
            </Link>
          </h3>
          <p className="text-muted text-sm">
            <span lang={langOf(module.language)}>{module.title}</span> ·{" "}
            {t("{{count}} lessons, about {{minutes}} minutes", {
              count: module.lessons,
              minutes: module.minutes,
            })}
          </p>
        </div>
        <StandingBadge state={state} ended={ended} />
      </div>
      <WhyAsked asked={asked} revoked={revoked} />
      <div>
        <Meter
          value={percent / 100}
          label={t("Lessons of {{title}}", { title })}
          tone={percent === 100 ? "good" : "accent"}
        />
        <p className="text-muted mt-2 flex flex-wrap justify-between gap-x-4 text-sm">
          <span>
            <DueLine {...requirement} now={now} />
          </span>
          <LessonsLeft percent={percent} minutesLeft={percent > 0 ? requirement.minutesLeft : 0} />
        </p>
      </div>
      <HeldLine held={isOpen(requirement) ? requirement.held : null} />
      <div className="mt-auto flex flex-wrap gap-3">
        <ButtonLink
          to={step.to}
          look={isOpen(requirement) ? "primary" : "secondary"}
          aria-label={`${label}: ${title}`}
        >
          {label}
          <Glyph name="right" />
        </ButtonLink>
        {certificateId ? (
          <ButtonAnchor
            href={`/certificates/${certificateId}`}
            look="quiet"
            aria-label={`${t("Certificate (PDF)")}: ${title}`}
          >
            <Glyph name="seal" />
            {t("Certificate (PDF)")}
          </ButtonAnchor>
        ) : null}
      </div>
    </Card>
  );
}
