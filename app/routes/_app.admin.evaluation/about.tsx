import { Link } from "@remix-run/react";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import type { Part } from "#app/domain/assistant/evaluation-report.ts";
import type { View } from "./route.tsx";

const partTexts: Record<Part, { title: string; about: string }> = {
  held: { title: "Held-out part", about: "Only ever measured: nobody who tunes the rules reads its cases." },
  dev: { title: "Development part", about: "Looked at while the rules are tuned; figures flatter." },
};

/** When and by what rules it was measured, and the choice between the two parts. */
export function About({ date, judgedOn, ruleSet, isOfOtherRules, part }: Omit<View, "measured" | "models">) {
  return (
    <div className="space-y-4">
      {isOfOtherRules ? (
        <Notice tone="warn" title="Other rules are in force now">
          The rules were changed after this was measured. Run <code>npm run eval -- --write</code> to measure
          those in force.
        </Notice>
      ) : null}
      <Card>
        <dl className="grid gap-4 sm:grid-cols-3">
          <Detail term="Measured on">
            <Day at={date} />
          </Detail>
          <Detail term="Judged by the law of">
            <Day at={judgedOn} />
          </Detail>
          <Detail term="Rule set">
            <code title={ruleSet}>{ruleSet.slice(0, 12)}</code>
          </Detail>
        </dl>
      </Card>
      <nav aria-label="Part of the labelled sets">
        <ul className="flex flex-wrap gap-2">
          {(["held", "dev"] as const).map((one) => (
            <li key={one}>
              <Link
                to={`?part=${one}`}
                aria-current={one === part ? "page" : undefined}
                className={`flex min-h-11 items-center rounded-lg px-4 text-sm font-semibold ${one === part ? "bg-accent-soft text-accent-ink" : "text-muted hover:bg-sunken"}`}
              >
                {partTexts[one].title}
              </Link>
            </li>
          ))}
        </ul>
        <p className="text-muted mt-1 text-sm">{partTexts[part].about}</p>
      </nav>
    </div>
  );
}
