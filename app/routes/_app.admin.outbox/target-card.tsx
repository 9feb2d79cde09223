import { Form, Link, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import { FilterForm } from "./filter-form.tsx";
import type { Target } from "./route.tsx";

/** An external record store: how far it is, what went wrong last, and what one can do about it. */
export function TargetCard({ target, mayManage }: { target: Target; mayManage: boolean }) {
  const t = useT();
  const count = useNumber();
  const busy = useNavigation().formData?.get("target") === target.target;
  const moment = (at: Date | null, none: string) => (at ? <Moment at={at.toISOString()} /> : none);
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-3">
            <h2 className="text-lg">{target.target}</h2>
            <TargetBadge target={target} />
          </div>
          <p className="text-muted mt-1 font-mono text-sm wrap-anywhere">{target.endpoint}</p>
          <p className="mt-1 text-sm wrap-anywhere">{t("Gets: {{what}}", { what: target.gets })}</p>
        </div>
        {mayManage && target.active && target.waiting + target.again > 0 ? (
          <Form method="post">
            <input type="hidden" name="intent" value="send" />
            <input type="hidden" name="target" value={target.target} />
            <Button
              look="secondary"
              disabled={busy}
              aria-label={t("Send to {{target}} now", { target: target.target })}
            >
              {busy ? t("Putting in line…") : t("Send now")}
            </Button>
          </Form>
        ) : null}
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        <Detail term={t("Waiting")}>{count(target.waiting + target.again)}</Detail>
        <Detail term={t("Oldest waiting")}>{moment(target.oldest, "–")}</Detail>
        <Detail term={t("Next try")}>
          {target.active && target.waiting + target.again > 0 ? moment(target.nextTryAt, "–") : "–"}
        </Detail>
        <Detail term={t("Delivered")}>{count(target.delivered)}</Detail>
        <Detail term={t("Last delivered")}>{moment(target.lastDeliveredAt, t("Never yet"))}</Detail>
        <Detail term={t("Dead letters")}>
          <Link
            to={`/admin/outbox/${encodeURIComponent(target.target)}`}
            className="text-accent underline underline-offset-4"
            aria-label={t("Dead letters of {{target}}: {{number}}", {
              target: target.target,
              number: count(target.refused),
            })}
          >
            {target.refused > 0 ? t("{{count}} to decide", { count: target.refused }) : t("None open")}
          </Link>
        </Detail>
      </dl>
      {target.lastError ? (
        <div className="mt-5">
          <Notice
            tone="warn"
            title={t("Not reached at the last {{count}} tries", { count: target.attempts })}
          >
            <span lang="en" className="wrap-anywhere">
              {target.lastError}
            </span>
          </Notice>
        </div>
      ) : null}
      {target.refusal ? (
        <div className="mt-5">
          <Notice tone="bad" title={t("Last refusal")}>
            <span lang="en" className="wrap-anywhere">
              {target.refusal}
            </span>
          </Notice>
        </div>
      ) : null}
      {target.active ? null : (
        <p className="text-muted mt-4 text-sm">
          {t(
            "Not in LRS_TARGETS any more, so nothing is sent. Name it there again and it gets all it has missed.",
          )}
        </p>
      )}
      {mayManage ? <FilterForm target={target} /> : null}
    </Card>
  );
}

function TargetBadge({ target }: { target: Target }) {
  const t = useT();
  const [tone, sign, text] = standing(target);
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {t(text)}
    </Badge>
  );
}

function standing({ active, waiting, again, refused: letters, lastError }: Target) {
  if (!active) return ["neutral", "pause", msg("Resting")] as const;
  if (lastError) return ["warn", "clock", msg("Waiting for the store")] as const;
  if (letters > 0) return ["bad", "alert", msg("Some refused")] as const;
  if (waiting + again > 0) return ["info", "half", msg("Delivering")] as const;
  return ["good", "check", msg("Up to date")] as const;
}
