import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import type { Part } from "#app/domain/assistant/evaluation-report.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { View } from "./route.tsx";

const partTexts: Record<Part, { title: string; about: string }> = {
  held: {
    title: msg("Held-out part"),
    about: msg("Only ever measured: nobody who tunes the rules reads its cases."),
  },
  dev: {
    title: msg("Development part"),
    about: msg("Looked at while the rules are tuned; figures flatter."),
  },
};

/** When and by what rules it was measured, and the choice between the two parts. */
export function About({ date, judgedOn, ruleSet, isOfOtherRules, part }: Omit<View, "measured" | "models">) {
  const t = useT();
  return (
    <div className="space-y-4">
      {isOfOtherRules ? (
        <Notice tone="warn" title={t("Other rules are in force now")}>
          <Rich
            text="The rules were changed after this was measured. Run <command/> to measure those in force."
            elements={{ command: <code>{"npm run eval -- --write"}</code> }}
          />
        </Notice>
      ) : null}
      <Card>
        <dl className="grid gap-4 sm:grid-cols-3">
          <Detail term={t("Measured on")}>
            <Day at={date} />
          </Detail>
          <Detail term={t("Judged by the law of")}>
            <Day at={judgedOn} />
          </Detail>
          <Detail term={t("Rule set")}>
            <code title={ruleSet}>{ruleSet.slice(0, 12)}</code>
          </Detail>
        </dl>
      </Card>
      <nav aria-label={t("Part of the labelled sets")}>
        <ul className="flex flex-wrap gap-2">
          {(["held", "dev"] as const).map((one) => (
            <li key={one}>
              <Link
                to={`?part=${one}`}
                aria-current={one === part ? "page" : undefined}
                className={`flex min-h-11 items-center rounded-lg px-4 text-sm font-semibold ${one === part ? "bg-accent-soft text-accent-ink" : "text-muted hover:bg-sunken"}`}
              >
                {t(partTexts[one].title)}
              </Link>
            </li>
          ))}
        </ul>
        <p className="text-muted mt-1 text-sm">{t(partTexts[part].about)}</p>
      </nav>
    </div>
  );
}
