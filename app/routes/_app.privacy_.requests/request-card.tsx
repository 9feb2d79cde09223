import { Form, useActionData, useNavigation } from "@remix-run/react";
import { DecisionList } from "#app/components/erasure-decision.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import type { ListedRequest } from "#app/domain/evidence/erasure-request.server.ts";
import {
  categoryNames,
  erasureCategories,
  groundsFor,
  legalGrounds,
  outcomeNames,
} from "#app/domain/people/erasure.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { action } from "./route.tsx";

/** Entries of the audit log named one by one. */
const listed = 20;

/** A request with what was decided, or the form to decide it, kind by kind. */
export function RequestCard({ request }: { request: ListedRequest }) {
  const t = useT();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const { id, name, reason, requestedAt, outcome, decisions, decidedAt, employed, held, events, mayDecide } =
    request;
  const sent = refusal?.values["id"] === id ? refusal : null;
  return (
    <Card as="article" className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="text-base">{name}</h3>
        <Badge tone={outcome ? "neutral" : "info"}>{outcome ? t(outcomeNames[outcome]) : t("Open")}</Badge>
        {employed ? <Badge>{t("Works here")}</Badge> : <Badge>{t("Has left")}</Badge>}
      </div>
      <p className="text-muted text-sm">
        <Rich text="Asked <moment/>" elements={{ moment: <Moment at={requestedAt.toISOString()} /> }} />
        {decidedAt ? (
          <>
            {" · "}
            <Rich text="Decided <moment/>" elements={{ moment: <Moment at={decidedAt.toISOString()} /> }} />
          </>
        ) : null}
      </p>
      <p className="text-sm wrap-anywhere">{reason}</p>
      {events.length > 0 ? (
        <p className="text-sm wrap-anywhere">
          {t(
            "{{count}} entries of the audit log keep details of this person, such as an earlier department, because nothing can be taken out of it: {{numbers}}.",
            {
              count: events.length,
              numbers: `${events.slice(0, listed).join(", ")}${events.length > listed ? " …" : ""}`,
            },
          )}
        </p>
      ) : null}
      {decisions ? <DecisionList decisions={decisions} /> : null}
      {decidedAt ? null : mayDecide ? (
        <Form method="post" className="max-w-2xl space-y-4" noValidate>
          <input type="hidden" name="intent" value="decide" />
          <input type="hidden" name="id" value={id} />
          {erasureCategories.map((category) => {
            const keeping = held.find((one) => one.category === category);
            const before = sent?.values[category];
            return (
              <Select
                key={category}
                id={`${category}-${id}`}
                label={t(categoryNames[category])}
                name={category}
                defaultValue={typeof before === "string" ? before : ""}
                error={sent?.errors[category]}
                hint={keeping ? t("Held: {{reasons}}", { reasons: keeping.reasons.join("; ") }) : undefined}
              >
                <option value="">{t("Choose")}</option>
                {groundsFor.erase.map((ground) => (
                  <option key={ground} value={`erase:${ground}`}>
                    {t("Erase: {{ground}}", { ground: t(legalGrounds[ground]) })}
                  </option>
                ))}
                {groundsFor.keep.map((ground) => (
                  <option key={ground} value={`keep:${ground}`}>
                    {t("Keep: {{ground}}", { ground: t(legalGrounds[ground]) })}
                  </option>
                ))}
              </Select>
            );
          })}
          <p className="text-muted text-sm">{t("What is erased does not come back.")}</p>
          <Button look="danger" disabled={busy}>
            {t(busy ? "Saving…" : "Decide and carry out")}
          </Button>
        </Form>
      ) : (
        <p className="text-sm">{t("Somebody else decides your own request.")}</p>
      )}
    </Card>
  );
}
