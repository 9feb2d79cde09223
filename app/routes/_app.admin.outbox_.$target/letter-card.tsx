import { Form, useActionData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Confirmation, TextArea } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { action, Letter } from "./route.tsx";

const looks = {
  refused: { tone: "bad", sign: "alert", text: msg("Refused") },
  again: { tone: "info", sign: "clock", text: msg("In line again") },
  delivered: { tone: "good", sign: "check", text: msg("Delivered") },
  dropped: { tone: "neutral", sign: "cross", text: msg("Dropped") },
} as const;

/** A statement that a store refused: what it says, why it was refused, and what one can decide. */
export function LetterCard({ letter: one, mayManage }: { letter: Letter; mayManage: boolean }) {
  const t = useT();
  const { tone, sign, text } = looks[one.state];
  return (
    <Card as="li">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 lang="en" className="min-w-0 text-base text-pretty wrap-anywhere">
          {one.line}
        </h2>
        <Badge tone={tone}>
          <Glyph name={sign} className="size-3.5" />
          {t(text)}
        </Badge>
      </div>
      <p className="text-muted mt-1 text-sm">
        <SetAside letter={one} />
      </p>
      {one.error ? (
        <p lang="en" className="text-bad-ink mt-2 text-sm wrap-anywhere">
          {one.error}
        </p>
      ) : null}
      {one.endedAt ? (
        <p className="mt-2 text-sm wrap-anywhere">
          <Ending letter={one} at={one.endedAt} />
        </p>
      ) : null}
      <details className="mt-1">
        <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
          {t("Statement {{id}} as stored", { id: one.statementId })}
        </summary>
        <pre lang="en" className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere">
          {one.json}
        </pre>
        {one.whole ? null : <p className="text-muted mt-1 text-sm">{t("Only the beginning is shown.")}</p>}
      </details>
      {mayManage && one.endedAt === null ? <Decide letter={one} /> : null}
    </Card>
  );
}

function SetAside({ letter: { seq, at, attempts } }: { letter: Letter }) {
  const number = useNumber();
  const elements = { moment: <Moment at={at.toISOString()} /> };
  const values = { number: number(seq) };
  if (attempts === 0)
    return <Rich text="Statement {{number}}, set aside <moment/>" {...{ elements, values }} />;
  return (
    <Rich
      text="Statement {{number}}, set aside <moment/>, refused {{count}} times"
      elements={elements}
      values={{ ...values, count: attempts }}
    />
  );
}

/** Stores take a letter by themselves; a person drops one, with a reason. */
function Ending({ letter: { state, endedBy, reason }, at }: { letter: Letter; at: Date }) {
  const moment = <Moment at={at.toISOString()} />;
  if (state === "delivered") return <Rich text="Delivered <moment/>" elements={{ moment }} />;
  return (
    <Rich
      text="Dropped <moment/> by <name/>: <reason/>"
      elements={{ moment, name: <span>{endedBy}</span>, reason: <span>{reason}</span> }}
    />
  );
}

function Decide({ letter: one }: { letter: Letter }) {
  const t = useT();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const mine = refusal?.values["letter"] === String(one.id) ? refusal : null;
  const box = `confirmed-${one.id}`;
  return (
    <div className="mt-3 flex flex-wrap items-start gap-x-6 gap-y-2">
      {one.state === "refused" ? (
        <Form method="post">
          <input type="hidden" name="intent" value="replay" />
          <input type="hidden" name="letter" value={one.id} />
          <Button
            look="secondary"
            disabled={busy}
            aria-label={t("Send statement {{number}} again", { number: one.seq })}
          >
            {t("Send again")}
          </Button>
        </Form>
      ) : null}
      <details className="min-w-0 grow" open={mine ? true : undefined}>
        <summary
          aria-label={t("Drop statement {{number}}", { number: one.seq })}
          className="text-accent w-fit cursor-pointer py-2.5 text-sm font-semibold underline-offset-4 hover:underline"
        >
          {t("Drop")}
        </summary>
        <Form method="post" className="bg-sunken mt-2 max-w-xl space-y-4 rounded-xl p-4" noValidate>
          <input type="hidden" name="intent" value="drop" />
          <input type="hidden" name="letter" value={one.id} />
          <TextArea
            id={`reason-${one.id}`}
            label={t("Reason")}
            {...fieldOf(mine, "reason")}
            rows={3}
            maxLength={500}
            hint={t("Why this statement need not be in that store. Auditors read it.")}
          />
          <Confirmation errorId={box} error={mine?.errors["confirmed"]}>
            {t("Never send this statement there")}
          </Confirmation>
          <Button look="danger" disabled={busy}>
            {busy ? t("Saving…") : t("Drop")}
          </Button>
        </Form>
      </details>
    </div>
  );
}
