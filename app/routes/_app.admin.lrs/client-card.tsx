import { ConfirmedForm } from "#app/components/confirmed-form.tsx";
import type { SentForm } from "#app/components/form-text.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { Client } from "./route.tsx";

/** One client: what it may do, when it was used, and how to change its secret or end it. */
export function ClientCard({ client, form }: { client: Client; form: SentForm }) {
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
            of={client}
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
            of={client}
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
