import { type ConcernEventKind, concernEventNames } from "#app/domain/assistant/concern.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { Moment } from "./ui/moment.tsx";

type Props = {
  reportedAt: string;
  history: readonly { id: string; kind: ConcernEventKind; at: string; actor: string; note: string }[];
};

/** What happened to a report, oldest first, with what its reporter was told. */
export function ConcernHistory({ reportedAt, history }: Props) {
  const t = useT();
  return (
    <ol className="border-line ml-2 space-y-5 border-l-2 pl-5">
      <li className="relative">
        <Dot />
        <p className="font-semibold">{t("Reported")}</p>
        <p className="text-muted text-sm">
          <Moment at={reportedAt} />
        </p>
      </li>
      {history.map((step) => (
        <li key={step.id} className="relative">
          <Dot />
          <p className="font-semibold">{t(concernEventNames[step.kind])}</p>
          <p className="text-muted text-sm">
            {step.actor}, <Moment at={step.at} />
          </p>
          {step.note ? (
            <p className="bg-sunken mt-2 rounded-lg px-3 py-2 whitespace-pre-line wrap-anywhere">
              {step.note}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Dot() {
  return (
    <span
      aria-hidden="true"
      className="bg-accent border-canvas absolute top-1.5 -left-[1.72rem] size-3.5 rounded-full border-2"
    />
  );
}
