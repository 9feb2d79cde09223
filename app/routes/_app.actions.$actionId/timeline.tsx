import { useLoaderData } from "@remix-run/react";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { actionStepNames, verdictNames } from "#app/domain/competence/corrective-action.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Event = ReturnType<typeof useLoaderData<typeof loader>>["events"][number];

/** Every step of the action, the oldest first. */
export function Timeline() {
  const t = useT();
  const { events } = useLoaderData<typeof loader>();
  return (
    <Card as="section">
      <h2 className="mb-4 text-lg">{t("What happened")}</h2>
      <ol className="border-line ml-2 space-y-5 border-l-2 pl-4">
        {events.map((event) => (
          <Step key={`${event.step} ${event.at.toISOString()}`} event={event} />
        ))}
      </ol>
    </Card>
  );
}

function Step({ event }: { event: Event }) {
  const t = useT();
  const { step, by, at, note, cause, owner, dueOn, method, before, after, verdict } = event;
  return (
    <li className="space-y-1 wrap-anywhere">
      <p className="flex flex-wrap items-center gap-2 font-semibold">
        {t(actionStepNames[step])}
        {verdict ? (
          <Badge tone={verdict === "effective" ? "good" : "bad"}>{t(verdictNames[verdict])}</Badge>
        ) : null}
      </p>
      {cause ? <p className="whitespace-pre-line">{t("Cause: {{cause}}", { cause })}</p> : null}
      {method ? <p className="whitespace-pre-line">{t("Checked by: {{method}}", { method })}</p> : null}
      {before && after ? <p>{t("Before: {{before}}. After: {{after}}.", { before, after })}</p> : null}
      {note && step !== "opened" ? <p className="whitespace-pre-line">{note}</p> : null}
      {owner && dueOn ? (
        <p className="text-muted text-sm">
          <Rich
            text="Owner: {{name}}, due <day/>"
            values={{ name: owner }}
            elements={{ day: <Day at={dueOn} /> }}
          />
        </p>
      ) : null}
      <p className="text-muted text-sm">
        {by}, <Moment at={at.toISOString()} />
      </p>
    </li>
  );
}
