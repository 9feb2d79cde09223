import { Form, Link } from "@remix-run/react";
import { ScopeWords } from "#app/components/scope-words.tsx";
import { Button, ButtonAnchor } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Meter, Notice } from "#app/components/ui/surface.tsx";
import { packStatusNames, share } from "#app/domain/pack/status.ts";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { PackView } from "./route.tsx";

const tones = {
  waiting: "neutral",
  building: "info",
  ready: "good",
  failed: "bad",
  deleted: "neutral",
} as const;

/** One pack: what it covers, how far it is, and the file. */
export function PackCard({ pack }: { pack: PackView }) {
  const t = useT();
  const { scope, status, requestedBy, requestedAt, sha256, fault } = pack;
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold">
            <Rich
              text="<from/> to <until/>"
              elements={{ from: <Day at={scope.from} />, until: <Day at={scope.until} /> }}
            />
          </h3>
          <p className="text-sm">
            <ScopeWords scope={scope} />
          </p>
          <p className="text-muted text-sm">
            <Rich
              text="Asked for by <name/>, <when/>"
              elements={{ name: <span>{requestedBy}</span>, when: <Moment at={requestedAt.toISOString()} /> }}
            />
          </p>
        </div>
        <Badge tone={tones[status]}>{t(packStatusNames[status])}</Badge>
      </div>
      {status === "waiting" || status === "building" ? <Progress pack={pack} /> : null}
      {fault ? (
        <div className="mt-3">
          <Notice tone="bad">
            <span lang="en">{fault}</span>
          </Notice>
        </div>
      ) : null}
      {sha256 ? (
        <p className="text-muted mt-3 text-xs">
          SHA-256 <code className="wrap-anywhere">{sha256}</code>
        </p>
      ) : null}
      <Ready pack={pack} />
    </Card>
  );
}

function Progress({ pack }: { pack: PackView }) {
  const t = useT();
  const number = useNumber();
  const value = share(pack);
  return (
    <div className="mt-4 space-y-2">
      <Meter value={value ?? 0} label={t("Progress")} />
      <p role="status" className="text-muted flex flex-wrap justify-between gap-3 text-sm">
        {pack.filesTotal === null
          ? t("It begins within a few seconds.")
          : t("{{done}} of {{total}} files", {
              done: number(pack.filesDone),
              total: number(pack.filesTotal),
            })}
        <Link to="/audit/packs" className="text-accent font-medium underline underline-offset-4">
          {t("Look again")}
        </Link>
      </p>
    </div>
  );
}

function Ready({ pack }: { pack: PackView }) {
  const t = useT();
  const number = useNumber();
  if (pack.status !== "ready" && pack.status !== "failed") return null;
  const megabytes = Math.max(0.1, Math.round((pack.bytes ?? 0) / 100_000) / 10);
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3">
      {pack.status === "ready" ? (
        <ButtonAnchor href={`/audit/packs/${pack.id}.zip`} download>
          {t("Download ({{size}} MB)", { size: number(megabytes) })}
        </ButtonAnchor>
      ) : null}
      {pack.expiresAt ? (
        <p className="text-muted text-sm">
          <Rich text="Kept until <day/>" elements={{ day: <Day at={pack.expiresAt.toISOString()} /> }} />
        </p>
      ) : null}
      <details className="basis-full">
        <summary className="w-fit cursor-pointer py-2.5 text-sm font-semibold">
          {t("Delete the file")}
        </summary>
        <Form method="post" className="bg-sunken space-y-4 rounded-xl p-4">
          <input type="hidden" name="id" value={pack.id} />
          <p className="text-sm">
            {t("The file is gone for good then; that it was made stays on record. A new one can be made.")}
          </p>
          <Button look="danger" name="intent" value="delete">
            {t("Delete for good")}
          </Button>
        </Form>
      </details>
    </div>
  );
}
