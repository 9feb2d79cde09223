import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { DecisionList } from "#app/components/erasure-decision.tsx";
import { fieldOf } from "#app/components/form-text.ts";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Notice } from "#app/components/ui/surface.tsx";
import { outcomeNames } from "#app/domain/people/erasure.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { action, loader } from "./route.tsx";

/** The reader's requests for erasure with what was decided, and a form where none is open. */
export function OwnRequests() {
  const t = useT();
  const { requests } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <Card as="section" id="erasure" className="space-y-4">
      <h2 className="text-lg">{t("Ask for erasure")}</h2>
      <p className="text-muted text-sm text-pretty">
        {t(
          "HR decides for each kind of data and gives the ground. Evidence stays under a pseudonym; what an open audit needs stays until it ends; your name stays while you work here.",
        )}
      </p>
      {refusal?.message ? <Notice tone="warn" role="alert" title={refusal.message} /> : null}
      <ul className="space-y-4">
        {requests.map((one) => (
          <li key={one.id} className="border-line space-y-2 border-t pt-3 text-sm">
            <p className="flex flex-wrap items-center gap-2">
              <Rich
                text="Asked <moment/>"
                elements={{ moment: <Moment at={one.requestedAt.toISOString()} /> }}
              />
              <Badge tone={one.outcome ? "neutral" : "info"}>
                {one.outcome ? t(outcomeNames[one.outcome]) : t("Being decided")}
              </Badge>
            </p>
            <p className="wrap-anywhere">{one.reason}</p>
            {one.decisions ? <DecisionList decisions={one.decisions} /> : null}
          </li>
        ))}
      </ul>
      {requests.some((one) => one.decidedAt === null) ? null : (
        <Form method="post" className="max-w-xl space-y-3" noValidate>
          <TextArea
            label={t("What should be erased, and why")}
            {...fieldOf(refusal, "reason")}
            rows={3}
            maxLength={500}
          />
          <Button disabled={busy} look="secondary">
            {t(busy ? "Saving…" : "Send the request")}
          </Button>
        </Form>
      )}
    </Card>
  );
}
