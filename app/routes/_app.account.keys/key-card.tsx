import { ConfirmedForm } from "#app/components/confirmed-form.tsx";
import type { SentForm } from "#app/components/form-text.ts";
import { Glyph } from "#app/components/glyph.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { Key } from "./route.tsx";

/** One key: whether it opens anything, when it was used, and how to end it. */
export function KeyCard({ item, form }: { item: Key; form: SentForm }) {
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
      {inForce ? (
        <div className="mt-4">
          <ConfirmedForm
            intent="revoke"
            of={item}
            form={form}
            title={t("Revoke")}
            confirm={t("What uses this key may stop working")}
            send={t("Revoke")}
            danger
          />
        </div>
      ) : null}
    </Card>
  );
}
