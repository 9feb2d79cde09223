import { useEffect, useRef } from "react";
import { CopyField } from "#app/components/copy-field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { Client } from "./route.tsx";

/** What a client signs in with, right after it was created or changed: the only time the secret is shown. */
export function Issued({ client, secret, endpoint }: { client: Client; secret: string; endpoint: string }) {
  const t = useT();
  const title = useRef<HTMLHeadingElement>(null);
  // The form that was sent is further down, and so is the focus.
  useEffect(() => title.current?.focus(), []);
  return (
    <Card as="section">
      <h2 ref={title} tabIndex={-1} className="text-lg outline-none wrap-anywhere">
        <Rich
          text={client.rotatedAt ? "The new secret of <name/>" : "The secret of <name/>"}
          elements={{ name: <span>{client.name}</span> }}
        />
      </h2>
      <div className="mt-4 space-y-4">
        <Notice tone="warn" title={t("The secret is shown this once")}>
          {t(
            "Only a fingerprint of it is stored. Give it to the client now; if it is lost, change it for a new one.",
          )}
        </Notice>
        <CopyField label={t("Endpoint")} value={endpoint} />
        <CopyField label={t("Key (user name)")} value={client.key} />
        <CopyField label={t("Secret (password)")} value={secret} />
        <div>
          <h3 id="try-it" className="text-sm font-semibold">
            {t("Try it at a terminal")}
          </h3>
          <p className="text-muted text-sm">{t("curl asks for the secret, so that no history keeps it.")}</p>
          <pre
            lang="en"
            role="region"
            aria-labelledby="try-it"
            tabIndex={0}
            className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere"
          >
            {curlExample(client, endpoint)}
          </pre>
        </div>
      </div>
    </Card>
  );
}

/** A first request that the client's scopes allow. */
function curlExample({ key, scopes }: Pick<Client, "key" | "scopes">, endpoint: string): string {
  const start = `curl --user ${key} --header 'X-Experience-API-Version: 1.0.3'`;
  const activity = "activityId=https://example.com/course";
  const agent = { mbox: "mailto:learner@example.com" };
  if (scopes.includes("all") || scopes.includes("statements/write")) {
    const verb = { id: "http://adlnet.gov/expapi/verbs/experienced" };
    const statement = { actor: agent, verb, object: { id: "https://example.com/course" } };
    return `${start} --header 'Content-Type: application/json' \\\n  --data '${JSON.stringify(statement)}' ${endpoint}statements`;
  }
  if (scopes.some((scope) => scope.startsWith("statements/read")))
    return `${start} '${endpoint}statements?limit=1'`;
  if (scopes.includes("state"))
    return `${start} --get ${endpoint}activities/state \\\n  --data-urlencode '${activity}' --data-urlencode 'agent=${JSON.stringify(agent)}'`;
  return `${start} --get ${endpoint}activities/profile \\\n  --data-urlencode '${activity}'`;
}
