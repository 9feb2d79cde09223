import { Form, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { Key } from "./route.tsx";

/** One key: whether it opens anything, when it was used, and how to end it. */
export function KeyCard({ item, form }: { item: Key; form: FormState }) {
  const t = useT();
  const { name, createdAt, expiresAt, lastUsedAt, revokedAt, inForce } = item;
  return (
    <Card as="li">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="min-w-0 text-lg wrap-anywhere">{name}</h3>
        <Badge tone={inForce ? "good" : "neutral"}>
          <Glyph name={inForce ? "check" : "cross"} className="size-3.5" />
          {inForce ? t("In force") : revokedAt ? t("Revoked") : t("Expired")}
        </Badge>
      </div>
      <dl className="mt-4 grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-3">
        <Detail term={t("Made")}>
          <Moment at={createdAt.toISOString()} />
        </Detail>
        <Detail term={t("Last used")}>
          {lastUsedAt ? <Moment at={lastUsedAt.toISOString()} /> : t("Never yet")}
        </Detail>
        {revokedAt ? (
          <Detail term={t("Revoked")}>
            <Moment at={revokedAt.toISOString()} />
          </Detail>
        ) : (
          <Detail term={inForce ? t("Ends") : t("Ended")}>
            <Moment at={expiresAt.toISOString()} />
          </Detail>
        )}
      </dl>
      {inForce ? <RevokeForm item={item} form={form} /> : null}
    </Card>
  );
}

/** Sent only with a tick beside what it ends. */
function RevokeForm({ item: { id, name }, form }: { item: Key; form: FormState }) {
  const t = useT();
  const sent = useNavigation().formData;
  const busy = sent?.get("intent") === "revoke" && sent.get("id") === id;
  const error = form.values["id"] === id ? form.errors["confirmed"] : undefined;
  const errorId = `revoke-${id}-error`;
  return (
    <details className="mt-4" open={error ? true : undefined}>
      <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
        {t("Revoke")}
        <span className="sr-only">: {name}</span>
      </summary>
      <Form method="post" className="bg-sunken space-y-4 rounded-xl p-4" noValidate>
        <input type="hidden" name="intent" value="revoke" />
        <input type="hidden" name="id" value={id} />
        <div className="space-y-1.5">
          <Choice
            type="checkbox"
            name="confirmed"
            value="yes"
            className="bg-surface"
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? errorId : undefined}
          >
            {t("What uses this key may stop working")}
          </Choice>
          {error ? (
            <p id={errorId} className="text-bad-ink text-sm font-medium">
              {error}
            </p>
          ) : null}
        </div>
        <Button look="danger" disabled={busy} aria-label={t("Revoke: {{name}}", { name })}>
          {busy ? t("Sending…") : t("Revoke")}
        </Button>
      </Form>
    </details>
  );
}
