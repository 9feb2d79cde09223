import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Meter } from "#app/components/ui/surface.tsx";
import { cameOtherwise, partDone } from "#app/domain/competence/requirement-run.ts";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** How far a version is applied that the schedule applies to everybody, and what came of it; nothing where none is. */
export function Run() {
  const t = useT();
  const number = useNumber();
  const { run } = useLoaderData<typeof loader>();
  useRefresh(run !== null && run.finishedAt === null);
  if (!run) return null;
  const { people, total, finishedAt, overtakenBy } = run;
  return (
    <Card as="section" className="space-y-4">
      <h2 className="text-lg">{t("Applying version {{number}} to everybody", { number: run.version })}</h2>
      <p role="status" className="font-semibold">
        {overtakenBy !== null
          ? t("Stopped: a later version is applied in its place.")
          : finishedAt === null
            ? t("{{people}} of {{total}} people are through", {
                people: number(people),
                total: number(Math.max(total, people)),
              })
            : t("All {{people}} people are through", { people: number(people) })}
      </p>
      <Meter
        value={finishedAt === null ? partDone(run) : 1}
        label={t("Progress")}
        tone={finishedAt === null ? "accent" : "good"}
      />
      <p className="text-sm">
        {t(
          "Assigned to {{assigned}} people, ended for {{ended}}: {{opened}} periods opened, {{closed}} ended.",
          {
            assigned: number(run.assignedPeople),
            ended: number(run.endedPeople),
            opened: number(run.opened),
            closed: number(run.ended),
          },
        )}
      </p>
      {finishedAt === null ? (
        <ButtonLink to="." look="secondary" reloadDocument>
          {t("Look again")}
        </ButtonLink>
      ) : (
        <>
          {overtakenBy === null ? <Compared /> : null}
          <p className="text-muted text-sm">
            <Rich
              text="Begun <begun/>, finished <finished/>"
              elements={{
                begun: <Moment at={run.requestedAt.toISOString()} />,
                finished: <Moment at={finishedAt.toISOString()} />,
              }}
            />
          </p>
        </>
      )}
    </Card>
  );
}

/** Whether it came as the trial had said. */
function Compared() {
  const t = useT();
  const number = useNumber();
  const { run } = useLoaderData<typeof loader>();
  if (!run || run.expectedAssigned === null || run.expectedEnded === null) return null;
  if (!cameOtherwise(run)) return <p className="text-sm">{t("Just as it was counted before.")}</p>;
  return (
    <p className="text-sm">
      {t(
        "Counted before were {{assigned}} to assign and {{ended}} to end: people or what they have proven changed in the meantime.",
        { assigned: number(run.expectedAssigned), ended: number(run.expectedEnded) },
      )}
    </p>
  );
}

/** Looks again every two seconds while there is something to see; without JavaScript there is a button. */
function useRefresh(open: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(() => void revalidate(), 2000);
    return () => clearInterval(timer);
  }, [open, revalidate]);
}
