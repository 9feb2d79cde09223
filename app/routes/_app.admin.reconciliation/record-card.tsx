import { Form, Link, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { findingWords, gapWords } from "./copy-words.ts";
import type { Check } from "./route.tsx";

/** A competence record: where its statements are, and what can be mended. */
export function RecordCard({ check, mayMend }: { check: Check; mayMend: boolean }) {
  const t = useT();
  const whole = check.gaps.length === 0;
  return (
    <Card as="li">
      <h2 className="text-base text-pretty wrap-anywhere">
        <Link to={`/records/${check.personId}`} className="text-accent underline underline-offset-4">
          {check.person}
        </Link>
        : <span lang="en">{check.requirement}</span>
      </h2>
      <p className="text-muted mt-1 text-sm">
        <Rich
          text="Completed <moment/>"
          elements={{ moment: <Moment at={check.completedAt.toISOString()} /> }}
        />
      </p>
      <ul className="mt-4 space-y-4">
        <Place name={t("Here")} tone={whole ? "good" : "bad"}>
          {whole ? (
            <p>
              {t("Record, {{count}} statements, certificate and audit log agree.", {
                count: check.statements,
              })}
            </p>
          ) : (
            <>
              <p>{t("Missing: {{what}}.", { what: check.gaps.map((gap) => gapWords(t, gap)).join(", ") })}</p>
              <p className="text-muted mt-1">
                {t(
                  "Evidence is never written afterwards. The administrator finds the cause, first in the back-ups; HR decides whether the competence stands, or revokes its certificate.",
                )}
              </p>
            </>
          )}
        </Place>
        {check.copies.map((copy) => (
          <Place key={copy.target} name={copy.target} tone={copy.tone}>
            {copy.error === null ? (
              findingWords(t, copy.findings, check.statements).map((line) => <p key={line}>{line}</p>)
            ) : (
              <p lang="en">{copy.error}</p>
            )}
            {mayMend && copy.mendable ? <Mend check={check} target={copy.target} /> : null}
          </Place>
        ))}
      </ul>
    </Card>
  );
}

const looks = {
  good: { sign: "check", text: msg("Whole") },
  warn: { sign: "clock", text: msg("On its way") },
  bad: { sign: "alert", text: msg("Differs") },
} as const;

function Place({
  name,
  tone,
  children,
}: {
  name: string;
  tone: keyof typeof looks | null;
  children: ReactNode;
}) {
  const t = useT();
  const look = tone ? looks[tone] : ({ sign: "circle", text: msg("No answer") } as const);
  return (
    <li className="border-line grid gap-x-4 gap-y-1 border-t pt-4 text-sm sm:grid-cols-[10rem_1fr]">
      <div className="flex flex-wrap items-center gap-2 self-start">
        <h3 className="text-sm font-semibold wrap-anywhere">{name}</h3>
        <Badge tone={tone ?? "neutral"}>
          <Glyph name={look.sign} className="size-3.5" />
          {t(look.text)}
        </Badge>
      </div>
      <div className="min-w-0 text-pretty wrap-anywhere">{children}</div>
    </li>
  );
}

function Mend({ check, target }: { check: Check; target: string }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post" className="mt-2">
      <input type="hidden" name="target" value={target} />
      <input type="hidden" name="registration" value={check.registration} />
      <Button
        look="secondary"
        disabled={busy}
        aria-label={t("Send to {{target}} what it lacks of {{person}}, {{requirement}}", {
          target,
          person: check.person,
          requirement: check.requirement,
        })}
      >
        {t("Send again what is missing")}
      </Button>
    </Form>
  );
}
