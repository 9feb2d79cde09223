import { Form, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { type FormState, sentWith } from "./client-form.ts";
import type { Client } from "./route.tsx";

/** One client: what it may do, when it was used, and how to change its secret or end it. */
export function ClientCard({ client, form }: { client: Client; form: FormState }) {
  const t = useT();
  const number = useNumber();
  const { name, key, scopes, ratePerMinute, bodyLimitBytes, revokedAt } = client;
  return (
    <Card as="li">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="min-w-0 text-lg wrap-anywhere">{name}</h3>
        {revokedAt ? (
          <Badge>
            <Glyph name="cross" className="size-3.5" />
            {t("Revoked")}
          </Badge>
        ) : (
          <Badge tone="good">
            <Glyph name="check" className="size-3.5" />
            {t("In force")}
          </Badge>
        )}
      </div>
      <p className="text-muted mt-1 font-mono text-sm wrap-anywhere">{key}</p>
      <dl className="mt-4 grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
        <Detail term={t("May do")}>{scopes.join(", ")}</Detail>
        <Detail term={t("Requests a minute")}>
          {ratePerMinute === null ? t("No limit") : number(ratePerMinute)}
        </Detail>
        <Detail term={t("One request")}>{t("{{count}} bytes", { count: bodyLimitBytes })}</Detail>
        <Detail term={t("Created")}>
          <Rich
            text="<moment/> by <name/>"
            elements={{
              moment: <Moment at={client.createdAt.toISOString()} />,
              name: <span>{client.createdByName}</span>,
            }}
          />
        </Detail>
        <Detail term={t("Last used")}>
          {client.lastUsedAt ? <Moment at={client.lastUsedAt.toISOString()} /> : t("Never yet")}
        </Detail>
        {client.rotatedAt ? (
          <Detail term={t("Secret changed")}>
            <Moment at={client.rotatedAt.toISOString()} />
          </Detail>
        ) : null}
        {revokedAt ? (
          <Detail term={t("Revoked")}>
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
            title={t("Change the secret")}
            hint={t(
              "For a regular change, or when the secret may be known to others. The key, and what was stored under it, stay.",
            )}
            confirm={t("The secret in use now may stop working")}
            send={t("Change the secret")}
          />
          <ConfirmedForm
            intent="revoke"
            client={client}
            form={form}
            title={t("Revoke")}
            hint={t(
              "Its requests are refused from now on. The statements it stored stay, and so does this entry.",
            )}
            confirm={t("Revoke this client for good")}
            send={t("Revoke")}
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
  const t = useT();
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
        <Button
          look={danger ? "danger" : "secondary"}
          disabled={busy}
          aria-label={t("{{what}}: {{name}}", { what: send, name })}
        >
          {busy ? t("Sending…") : send}
        </Button>
      </Form>
    </details>
  );
}
