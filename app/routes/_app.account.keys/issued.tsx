import { useEffect, useRef } from "react";
import { CopyField } from "#app/components/copy-field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";

/** A key right after it was made: the only time it is shown. */
export function Issued({ name, secret, baseUrl }: { name: string; secret: string; baseUrl: string }) {
  const t = useT();
  const title = useRef<HTMLHeadingElement>(null);
  // The form that was sent is further down, and so is the focus.
  useEffect(() => title.current?.focus(), []);
  const example = `curl --oauth2-bearer "$CLAUSE7_KEY" --json '{"text": "May I use … to … with …?"}' \\\n  ${baseUrl}/api/verdict`;
  return (
    <Card as="section">
      <h2 ref={title} tabIndex={-1} className="text-lg outline-none wrap-anywhere">
        <Rich text="The key <name/>" elements={{ name: <span>{name}</span> }} />
      </h2>
      <div className="mt-4 space-y-4">
        <Notice tone="warn" title={t("It is shown this once")}>
          {t(
            "Only a fingerprint of it is stored. Give it to the tool now; if it is lost, revoke it and make another.",
          )}
        </Notice>
        <CopyField label={t("Key")} value={secret} />
        <CopyField label={t("Address for MCP clients")} value={`${baseUrl}/mcp`} />
        <div>
          <h3 id="try-it" className="text-sm font-semibold">
            {t("Try it at a terminal")}
          </h3>
          <p className="text-muted text-sm">
            {t("With the key in the variable CLAUSE7_KEY, so that no history keeps it.")}
          </p>
          <pre
            lang="en"
            role="region"
            aria-labelledby="try-it"
            tabIndex={0}
            className="bg-sunken mt-2 rounded-lg p-4 text-xs whitespace-pre-wrap wrap-anywhere"
          >
            {example}
          </pre>
        </div>
      </div>
    </Card>
  );
}
