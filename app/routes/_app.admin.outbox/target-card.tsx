import { Form, Link, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import { FilterForm } from "./filter-form.tsx";
import type { Target } from "./route.tsx";

/** An external record store: how far it is, what went wrong last, and what one can do about it. */
export function TargetCard({ target, mayManage }: { target: Target; mayManage: boolean }) {
  const busy = useNavigation().formData?.get("target") === target.target;
  const moment = (at: Date | null, none: string) => (at ? <Moment at={at.toISOString()} /> : none);
  const count = (n: number): string => n.toLocaleString("en-GB");
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-3">
            <h2 className="text-lg">{target.target}</h2>
            <TargetBadge target={target} />
          </div>
          <p className="text-muted mt-1 font-mono text-sm wrap-anywhere">{target.endpoint}</p>
          <p className="mt-1 text-sm wrap-anywhere">Gets: {target.gets}</p>
        </div>
        {mayManage && target.active && target.waiting + target.again > 0 ? (
          <Form method="post">
            <input type="hidden" name="intent" value="send" />
            <input type="hidden" name="target" value={target.target} />
            <Button look="secondary" disabled={busy} aria-label={`Send to ${target.target} now`}>
              {busy ? "Putting in line…" : "Send now"}
            </Button>
          </Form>
        ) : null}
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        <Detail term="Waiting">{count(target.waiting + target.again)}</Detail>
        <Detail term="Oldest waiting">{moment(target.oldest, "–")}</Detail>
        <Detail term="Next try">
          {target.active && target.waiting + target.again > 0 ? moment(target.nextTryAt, "–") : "–"}
        </Detail>
        <Detail term="Delivered">{count(target.delivered)}</Detail>
        <Detail term="Last delivered">{moment(target.lastDeliveredAt, "Never yet")}</Detail>
        <Detail term="Dead letters">
          <Link
            to={`/admin/outbox/${encodeURIComponent(target.target)}`}
            className="text-accent underline underline-offset-4"
            aria-label={`Dead letters of ${target.target}: ${count(target.refused)}`}
          >
            {target.refused > 0 ? `${count(target.refused)} to decide` : "None open"}
          </Link>
        </Detail>
      </dl>
      {target.lastError ? (
        <div className="mt-5">
          <Notice tone="warn" title={failureTitle(target.attempts)}>
            <span className="wrap-anywhere">{target.lastError}</span>
          </Notice>
        </div>
      ) : null}
      {target.refusal ? (
        <div className="mt-5">
          <Notice tone="bad" title="Last refusal">
            <span className="wrap-anywhere">{target.refusal}</span>
          </Notice>
        </div>
      ) : null}
      {target.active ? null : (
        <p className="text-muted mt-4 text-sm">
          Not in LRS_TARGETS any more, so nothing is sent. Name it there again and it gets all it has missed.
        </p>
      )}
      {mayManage ? <FilterForm target={target} /> : null}
    </Card>
  );
}

function failureTitle(attempts: number): string {
  return attempts === 1 ? "Not reached at the last try" : `Not reached at the last ${attempts} tries`;
}

function TargetBadge({ target }: { target: Target }) {
  const [tone, sign, text] = standing(target);
  return (
    <Badge tone={tone}>
      <Glyph name={sign} className="size-3.5" />
      {text}
    </Badge>
  );
}

function standing({ active, waiting, again, refused: letters, lastError }: Target) {
  if (!active) return ["neutral", "pause", "Resting"] as const;
  if (lastError) return ["warn", "clock", "Waiting for the store"] as const;
  if (letters > 0) return ["bad", "alert", "Some refused"] as const;
  if (waiting + again > 0) return ["info", "half", "Delivering"] as const;
  return ["good", "check", "Up to date"] as const;
}
