import { useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { valueName } from "#app/components/rule-words.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { type SystemRole, systemRoleNames } from "#app/domain/competence/person-details.ts";
import type { FieldChange, HistoryEntry } from "#app/domain/competence/person-history.server.ts";
import { personFieldNames } from "#app/domain/people/person-version.ts";
import { type Role, roleNames } from "#app/domain/people/role.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

const titles: Record<HistoryEntry["kind"], string> = {
  came: msg("Taken into the records"),
  changed: msg("Details changed"),
  system_added: msg("AI system recorded"),
  system_ended: msg("AI system ended"),
  leave_recorded: msg("Leave recorded"),
  leave_withdrawn: msg("Leave withdrawn"),
};

/** Who changed what of the person and when, newest first. */
export function History() {
  const t = useT();
  const { history } = useLoaderData<typeof loader>();
  return (
    <Card as="section">
      <h2 className="mb-1 text-lg">{t("History")}</h2>
      <p className="text-muted mb-4 text-sm">
        {t("Nothing of it is overwritten: what was known on a day is shown when you look back at it.")}
      </p>
      {history.length === 0 ? (
        <p className="text-muted">{t("Nothing has been changed since versions are kept.")}</p>
      ) : null}
      <ol className="divide-line divide-y">
        {history.map((one, i) => (
          <li key={i} className="py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <h3 className="text-base font-semibold">{t(titles[one.kind])}</h3>
              <p className="text-muted text-sm tabular-nums">
                <Moment at={one.at.toISOString()} />
                {one.by === null ? null : ` · ${one.by}`}
              </p>
            </div>
            <Entry one={one} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Entry({ one }: { one: HistoryEntry }) {
  const t = useT();
  if (one.kind === "came") return null;
  if (one.kind === "changed")
    return (
      <>
        <dl className="mt-1 space-y-1 text-sm">
          {one.changes.map((change) => (
            <div key={change.field} className="flex flex-wrap gap-x-2">
              <dt className="text-muted">{t(personFieldNames[change.field])}</dt>
              <dd className="min-w-0 wrap-anywhere">
                <Rich
                  text="from <before/> to <after/>"
                  elements={{
                    before: <Value of={change} value={change.before} />,
                    after: <Value of={change} value={change.after} />,
                  }}
                />
              </dd>
            </div>
          ))}
        </dl>
        {one.from !== null && one.from < one.at.toISOString().slice(0, 10) ? (
          <p className="mt-1 text-sm">
            <Rich text="True from <day/> on" elements={{ day: <Day at={one.from} /> }} />
          </p>
        ) : null}
      </>
    );
  if ("system" in one)
    return (
      <p className="mt-1 text-sm">
        <span lang="en">{one.system}</span> · {t(systemRoleNames[one.role as SystemRole])}
      </p>
    );
  return (
    <p className="mt-1 text-sm tabular-nums">
      {one.from} – {one.until}
    </p>
  );
}

function Value({ of, value }: { of: FieldChange; value: FieldChange["before"] }): ReactNode {
  const t = useT();
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return t("nothing");
  const strong = (shown: ReactNode, lang?: string): ReactNode => (
    <span lang={lang} className="font-medium">
      {shown}
    </span>
  );
  if (of.field === "hiredOn" || of.field === "leftOn") return strong(<Day at={String(value)} />);
  if (of.field === "roles")
    return strong(
      [value]
        .flat()
        .map((one) => t(roleNames[one as Role]))
        .join(", "),
    );
  if (of.field === "audiences")
    return strong(
      [value]
        .flat()
        .map((one) => valueName("audience", String(one)))
        .join(", "),
      "en",
    );
  return strong(String(value));
}
