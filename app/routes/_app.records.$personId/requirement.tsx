import { Link } from "@remix-run/react";
import { AttemptTable } from "#app/components/attempt-table.tsx";
import type { SentForm } from "#app/components/form-text.ts";
import { DueLine } from "#app/components/requirement-card.tsx";
import { type Ended, NoLongerAsked, RevokedOn, StandingBadge } from "#app/components/period-notes.tsx";
import { StateBadge } from "#app/components/state-badge.tsx";
import { LastDay } from "#app/components/last-day.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { BasisLine } from "./bases.tsx";
import { Course } from "./course.tsx";
import { Certificate } from "./certificate.tsx";
import { Exceptions } from "./exceptions.tsx";
import { Named } from "./named.tsx";
import type { Period, RecordView } from "./route.tsx";
import { Statements } from "./statements.tsx";

/** One requirement: where it stands, and every period with what proves it. */
export function RequirementSection({
  requirement,
  view,
  form,
}: {
  requirement: RecordView["record"]["requirements"][number];
  view: RecordView;
  form: SentForm;
}) {
  const t = useT();
  const { slug, title, ended, endedOn, state, periods } = requirement;
  const stands = periods.find((period) => period.stands);
  const over = stands ? null : endOf(periods[0], endedOn);
  return (
    <Card as="section" id={slug}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 lang="en" className="text-xl">
            {view.own && !ended ? (
              <Link to={`/learn/${slug}`} className="hover:text-accent underline-offset-4 hover:underline">
                {title}
              </Link>
            ) : (
              title
            )}
          </h2>
          {stands ? (
            <p className="text-muted mt-1 text-sm">
              <Standing period={stands} now={view.now} zone={view.record.person.timeZone} />
            </p>
          ) : over ? (
            <p className="text-muted mt-1 text-sm">
              <NoLongerAsked ended={over} />
            </p>
          ) : null}
        </div>
        <span className="flex flex-wrap gap-2">
          {ended ? <Badge>{t("No longer required")}</Badge> : null}
          {over && !ended ? <Badge>{t("No longer asked")}</Badge> : null}
          {state ? <StateBadge state={state} /> : null}
        </span>
      </div>
      <Named slug={slug} title={title} view={view} form={form} />
      <div className="divide-line mt-4 divide-y">
        {periods.map((period) => (
          <PeriodEntry key={period.id} period={period} title={title} view={view} form={form} />
        ))}
      </div>
    </Card>
  );
}

/** When and why a requirement stopped asking, where it asks nothing of the person any more. */
function endOf(newest: Period | undefined, endedOn: string | null): Ended | null {
  if (newest?.endedAt != null) return { at: newest.endedAt, reason: newest.endedReason };
  return endedOn === null ? null : { at: new Date(`${endedOn}T12:00:00Z`), reason: "requirement_ended" };
}

function Standing({ period, now, zone }: { period: Period; now: Date; zone: string }) {
  const { state, waivers } = period;
  if (state !== "waived") return <DueLine {...period} now={now} zone={zone} />;
  const counting = waivers.filter((waiver) => waiver.counts);
  const last = new Date(Math.max(...counting.map((waiver) => waiver.lastDay.getTime())));
  // The last day of a waiver is one of UTC.
  return <Rich text="Waived until <day/>" elements={{ day: <Day at={last.toISOString()} zone="UTC" /> }} />;
}

type Entry = { period: Period; title: string; view: RecordView; form: SentForm };

function PeriodEntry({ period, title, view, form }: Entry) {
  const t = useT();
  const { number, state, attempts, certificate, revoked } = period;
  const { record, own, bodies, now } = view;
  const about = t("{{title}}, period {{number}}", { title, number });
  return (
    <section className="space-y-4 py-5 last:pb-0" aria-label={about}>
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="text-base">
          {number > 0
            ? t("Period {{number}}", { number })
            : t("Before this product ({{number}})", { number })}
        </h3>
        {period.stands ? null : <StandingBadge state={state} ended={endOf(period, null)} revoked={revoked} />}
      </div>
      {revoked ? (
        <p className="text-sm font-medium">
          <RevokedOn revoked={revoked} />
        </p>
      ) : null}
      <Course period={period} />
      <Dates period={period} zone={record.person.timeZone} />
      <BasisLine period={period} />
      {attempts.length > 0 ? (
        <AttemptTable caption={t("Attempts: {{about}}", { about })} attempts={attempts} linked={own} />
      ) : period.recognisedAs === null ? (
        <p className="text-muted text-sm">{t("No attempt yet.")}</p>
      ) : null}
      {certificate ? (
        <Certificate
          certificate={certificate}
          about={about}
          zone={record.person.timeZone}
          mayRevoke={record.mayRevoke}
          own={own}
          form={form}
        />
      ) : null}
      <Exceptions period={period} about={about} today={now.toISOString().slice(0, 10)} form={form} />
      <Statements period={period} about={about} mayReadEvidence={record.mayReadEvidence} bodies={bodies} />
    </section>
  );
}

function Dates({ period, zone }: { period: Period; zone: string }) {
  const t = useT();
  const { assignedAt, dueAt, startedAt, completedAt, renewFrom, expiresAt, revoked, endedAt } = period;
  // Nothing is due any more, and what a certificate proved that was revoked does not count until its end.
  const isDue = endedAt === null || completedAt !== null;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-sm sm:grid-cols-3">
      <Detail term={t("Assigned")}>
        <Moment at={assignedAt.toISOString()} />
      </Detail>
      {isDue ? (
        <Detail term={t("Due")}>
          <LastDay at={dueAt} zone={zone} />
        </Detail>
      ) : null}
      <Detail term={t("Started")}>
        {startedAt ? <Moment at={startedAt.toISOString()} /> : t("Not yet")}
      </Detail>
      <Detail term={t("Completed")}>
        {completedAt ? <Moment at={completedAt.toISOString()} /> : t("Not yet")}
      </Detail>
      {renewFrom && !revoked ? (
        <Detail term={t("Renewal opens")}>
          <Day at={renewFrom.toISOString()} zone={zone} />
        </Detail>
      ) : null}
      {expiresAt && !revoked ? (
        <Detail term={t("Valid until")}>
          <LastDay at={expiresAt} zone={zone} />
        </Detail>
      ) : null}
    </dl>
  );
}
