import { ratingText } from "#app/components/rating-text.ts";
import { Moment } from "#app/components/ui/moment.tsx";
import { caseEventNames } from "#app/domain/cases/status.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { CaseView } from "./view.server.ts";

/** What happened to the case, oldest first. */
export function Timeline({ view }: { view: CaseView }) {
  const t = useT();
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="mb-3 text-xl">
        {t("History")}
      </h2>
      <ol className="border-line ml-2 space-y-5 border-l-2 pl-5">
        {view.history.map((event) => (
          <li key={event.id} className="relative">
            <span
              aria-hidden="true"
              className="bg-accent border-canvas absolute top-1.5 -left-[1.72rem] size-3.5 rounded-full border-2"
            />
            <p className="font-semibold">
              {event.kind === "opened" && view.automatic
                ? t("Case opened by policy")
                : t(caseEventNames[event.kind])}
            </p>
            <p className="text-muted text-sm">
              {event.actor}, <Moment at={event.at} />
            </p>
            {event.rating ? <p className="mt-1 text-sm">{ratingText(t, event.rating)}</p> : null}
            {event.note ? (
              <p className="bg-sunken mt-2 rounded-lg px-3 py-2 text-sm whitespace-pre-line wrap-anywhere">
                {event.note}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
