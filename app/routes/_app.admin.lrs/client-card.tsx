import { Form, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { type FormState, sentWith } from "./client-form.ts";
import type { Client } from "./route.tsx";

/** One client: what it may do, when it was used, and how to change its secret or end it. */
export function ClientCard({ client, form }: { client: Client; form: FormState }) {
  const { name, key, scopes, ratePerMinute, bodyLimitBytes, revokedAt } = client;
  return (
    <Card as="li">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="min-w-0 text-lg wrap-anywhere">{name}</h3>
        {revokedAt ? (
          <Badge>
            <Glyph name="cross" className="size-3.5" />
            Revoked
          </Badge>
        ) : (
          <Badge tone="good">
            <Glyph name="check" className="size-3.5" />
            In force
          </Badge>
        )}
      </div>
      <p className="text-muted mt-1 font-mono text-sm wrap-anywhere">{key}</p>
      <dl className="mt-4 grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
        <Detail term="May do">{scopes.join(", ")}</Detail>
        <Detail term="Requests a minute">
          {ratePerMinute === null ? "No limit" : ratePerMinute.toLocaleString("en-GB")}
        </Detail>
        <Detail term="One request">{bodyLimitBytes.toLocaleString("en-GB")} bytes</Detail>
        <Detail term="Created">
          <Moment at={client.createdAt.toISOString()} /> by {client.createdByName}
        </Detail>
        <Detail term="Last used">
          {client.lastUsedAt ? <Moment at={client.lastUsedAt.toISOString()} /> : "Never yet"}
        </Detail>
        {client.rotatedAt ? (
          <Detail term="Secret changed">
            <Moment at={client.rotatedAt.toISOString()} />
          </Detail>
        ) : null}
        {revokedAt ? (
          <Detail term="Revoked">
            <Moment at={revokedAt.toISOString()} />
          </Detail>
        ) : null}
      </dl>
      {revokedAt ? null : (
        <div className="mt-4 space-y-1">
          <ConfirmedForm
            intent="rotate"
            client={client}
            form={form}
            title="Change the secret"
            hint="For a regular change, or when the secret may be known to others. The key, and what was stored under it, stay."
            confirm="The secret in use now may stop working"
            send="Change the secret"
          />
          <ConfirmedForm
            intent="revoke"
            client={client}
            form={form}
            title="Revoke"
            hint="Its requests are refused from now on. The statements it stored stay, and so does this entry."
            confirm="Revoke this client for good"
            send="Revoke"
            danger
          />
        </div>
      )}
    </Card>
  );
}

/** A change that is sent only with a tick beside what it destroys. */
function ConfirmedForm({
  intent,
  client: { id, name },
  form,
  title,
  hint,
  confirm,
  send,
  danger = false,
}: {
  intent: "rotate" | "revoke";
  client: Client;
  form: FormState;
  title: string;
  hint: string;
  confirm: string;
  send: string;
  danger?: boolean;
}) {
  const sent = useNavigation().formData;
  const busy = sent?.get("intent") === intent && sent.get("id") === id;
  const error = sentWith(form, intent, id).errors["confirmed"];
  const errorId = `${intent}-${id}-error`;
  return (
    <details open={error ? true : undefined}>
      <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
        {title}
        <span className="sr-only">: {name}</span>
      </summary>
      <Form method="post" className="bg-sunken space-y-4 rounded-xl p-4" noValidate>
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="id" value={id} />
        <p className="text-muted text-sm">{hint}</p>
        <div className="space-y-1.5">
          <Choice
            type="checkbox"
            name="confirmed"
            value="yes"
            className="bg-surface"
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? errorId : undefined}
          >
            {confirm}
          </Choice>
          {error ? (
            <p id={errorId} className="text-bad-ink text-sm font-medium">
              {error}
            </p>
          ) : null}
        </div>
        <Button look={danger ? "danger" : "secondary"} disabled={busy} aria-label={`${send}: ${name}`}>
          {busy ? "Sending…" : send}
        </Button>
      </Form>
    </details>
  );
}
