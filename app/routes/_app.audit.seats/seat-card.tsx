import { Form } from "@remix-run/react";
import { ScopeWords } from "#app/components/scope-words.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { seatStateNames } from "#app/domain/people/seat.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { SeatView } from "./route.tsx";

const tones = { invited: "info", ahead: "info", open: "good", ended: "neutral", revoked: "bad" } as const;

/** One seat, and the button that ends it. */
export function SeatCard({ seat }: { seat: SeatView }) {
  const t = useT();
  const { id, name, email, firm, state, startsAt, endsAt } = seat;
  // Seats end with a day: the moment after it is the next day's.
  // A seat is for whole days of UTC.
  const lastDay = new Date(endsAt.getTime() - 1).toISOString().slice(0, 10);
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold wrap-anywhere">{name}</h3>
          <p className="text-muted text-sm wrap-anywhere">
            {firm} · {email}
          </p>
        </div>
        <Badge tone={tones[state]}>{t(seatStateNames[state])}</Badge>
      </div>
      <p className="mt-2 text-sm">
        <Rich
          text="<from/> to <until/>"
          elements={{ from: <Day at={startsAt.toISOString().slice(0, 10)} />, until: <Day at={lastDay} /> }}
        />
      </p>
      <p className="text-sm">
        <ScopeWords scope={seat} />
      </p>
      {state === "ended" || state === "revoked" ? null : (
        <Form method="post" className="mt-4">
          <input type="hidden" name="id" value={id} />
          <Button
            look="secondary"
            name="intent"
            value="revoke"
            aria-label={t("Revoke the seat of {{name}}", { name })}
          >
            {t("Revoke")}
          </Button>
        </Form>
      )}
    </Card>
  );
}
