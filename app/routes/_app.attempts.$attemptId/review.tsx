import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Badge, Card, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { Language } from "#app/domain/content/language.ts";
import type { Confidence } from "#app/domain/learning/calibration.ts";
import { confidenceWords } from "./confidence.tsx";
import { type Part, partWords } from "./position-map.tsx";
import type { clientAction } from "./route.tsx";

const looks = {
  all: { tone: "good", sign: "check" },
  some: { tone: "warn", sign: "half" },
  none: { tone: "neutral", sign: "circle" },
} as const;

/** The last look before submitting: what is open, and the button that ends the attempt. */
export function Review({
  attemptId,
  items,
  waiting,
  conflicts,
}: {
  attemptId: string;
  items: { stem: string; language: Language; part: Part; confidence: Confidence | null }[];
  /** Positions kept on this device only. */
  waiting: readonly number[];
  /** Positions where this device kept another answer than the one saved. */
  conflicts: readonly number[];
}) {
  const t = useT();
  const langOf = useLangOf();
  const open = items.filter((item) => item.part !== "all").length;
  return (
    <div className="space-y-6">
      {conflicts.length > 0 ? (
        <Notice tone="warn" role="alert" title={t("Two answers to choose from")}>
          <Rich
            text="This device kept another answer than the one saved for <items/>. Open it to choose."
            elements={{ items: <Conflicts positions={conflicts} /> }}
          />
        </Notice>
      ) : null}
      <Card>
        <h2 className="text-lg">
          {open === 0 ? t("Everything is answered") : t("{{count}} items are open", { count: open })}
        </h2>
        <p className="text-muted mt-1">
          {open === 0
            ? t("You can still change any answer.")
            : t("What stays open counts as wrong. You can still answer it now.")}
        </p>
        <ol className="divide-line mt-4 divide-y">
          {items.map((item, i) => (
            <li key={i} className="relative flex items-start gap-3 py-3">
              <span className="text-muted w-6 shrink-0 text-right text-sm tabular-nums">{i + 1}</span>
              <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
                <Link
                  to={`?q=${i + 1}`}
                  lang={langOf(item.language)}
                  className="line-clamp-2 min-w-0 basis-full text-sm after:absolute after:inset-0 hover:underline sm:flex-1 sm:basis-0"
                >
                  {item.stem}
                </Link>
                <span className="flex flex-wrap items-center gap-x-3">
                  <Badge tone={looks[item.part].tone}>
                    <Glyph name={looks[item.part].sign} className="size-3.5" />
                    <span className="inline-block first-letter:uppercase">{t(partWords[item.part])}</span>
                  </Badge>
                  {item.confidence ? (
                    <span className="text-muted text-xs">{t(confidenceWords[item.confidence])}</span>
                  ) : null}
                </span>
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Submit attemptId={attemptId} open={open} waiting={waiting.length} />
    </div>
  );
}

function Conflicts({ positions }: { positions: readonly number[] }) {
  const t = useT();
  return (
    <>
      {positions.map((position, i) => (
        <span key={position}>
          {i > 0 ? ", " : ""}
          <Link to={`?q=${position + 1}`} className="font-semibold underline underline-offset-4">
            {t("item {{number}}", { number: position + 1 })}
          </Link>
        </span>
      ))}
    </>
  );
}

function Submit({ attemptId, open, waiting }: { attemptId: string; open: number; waiting: number }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  const state = useActionData<typeof clientAction>();
  return (
    <Form method="post" action={`/attempts/${attemptId}?q=review`} className="space-y-4">
      <input type="hidden" name="intent" value="submit" />
      {waiting > 0 ? (
        <Notice tone="warn" role="status" title={t("Some answers are on this device only")}>
          {t("{{count}} answers wait for a connection. Submit when they are saved; this happens by itself.", {
            count: waiting,
          })}
        </Notice>
      ) : null}
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title={t("Not submitted yet")}>
          {t(
            "The server does not answer. Your saved answers are safe; check your connection and submit again.",
          )}
        </Notice>
      ) : null}
      <Button disabled={busy || waiting > 0}>
        {busy
          ? t("Submitting…")
          : open === 0
            ? t("Submit my answers")
            : t("Submit with {{count}} open", { count: open })}
      </Button>
      <p className="text-muted text-sm">
        {t("This ends the attempt; answers cannot be changed afterwards.")}
      </p>
    </Form>
  );
}

/** The time ran out before the attempt was submitted: what was saved counts. */
export function TimeUp({ attemptId }: { attemptId: string }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <Card className="text-center sm:p-10">
      <h2 className="text-xl">{t("Time is up")}</h2>
      <p className="text-muted mx-auto mt-2 mb-6 max-w-md text-pretty">
        {t("What you had answered until then is saved and counts. Items left open count as wrong.")}
      </p>
      <Form method="post" action={`/attempts/${attemptId}?q=review`}>
        <input type="hidden" name="intent" value="submit" />
        <Button disabled={busy}>{busy ? t("Marking…") : t("See the result")}</Button>
      </Form>
    </Card>
  );
}
