import type { ClauseChange } from "#app/domain/content/policy-diff.ts";
import { msg } from "#app/i18n/translate.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { DiffView } from "./diff-view.tsx";
import { Badge } from "./ui/surface.tsx";

const kinds = {
  added: { tone: "good", name: msg("New clause") },
  changed: { tone: "warn", name: msg("Changed clause") },
  removed: { tone: "bad", name: msg("Removed clause") },
} as const;

/** The clauses of a policy that changed, each in words and with what was struck out and added. Policies stand in English. */
export function PolicyChangeList({
  changes,
}: {
  changes: {
    notes: readonly { version: string; material: boolean; note: string }[];
    clauses: readonly ClauseChange[];
  };
}) {
  const t = useT();
  const { clauses, notes } = changes;
  return (
    <div className="space-y-8">
      <ul className="space-y-2">
        {notes.map(({ version, material, note }) => (
          <li key={version} className="text-pretty">
            <Badge tone={material ? "warn" : "info"}>
              {t(material ? "Material change" : "Editorial change")} · {version}
            </Badge>{" "}
            <span lang="en">{note}</span>
          </li>
        ))}
      </ul>
      {clauses.length === 0 ? <p>{t("No clause has other words.")}</p> : null}
      {clauses.map(({ number, heading, before, change, rows }) => (
        <section key={`${change} ${number}`} aria-labelledby={`${change}-${number}`} className="space-y-3">
          <div className="flex flex-wrap items-center gap-3">
            <h2 id={`${change}-${number}`} lang="en" className="text-base">
              {number} {heading}
            </h2>
            <Badge tone={kinds[change].tone}>{t(kinds[change].name)}</Badge>
            {before ? (
              <span className="text-muted text-sm">{t("was clause {{number}}", { number: before })}</span>
            ) : null}
          </div>
          <div lang="en">
            <DiffView rows={rows} />
          </div>
        </section>
      ))}
    </div>
  );
}
