import { useId, useState } from "react";
import { useT } from "#app/i18n/use-t.tsx";
import { useHydrated } from "./hydrated.ts";
import { Button } from "./ui/button.tsx";

/** A value to select with one click, or to copy where scripts run and the browser lets them. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const t = useT();
  const id = useId();
  const copies = useHydrated() && window.isSecureContext;
  const [copied, setCopied] = useState(false);
  return (
    <div>
      <p id={id} className="text-sm font-semibold">
        {label}
      </p>
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <code
          aria-labelledby={id}
          role="group"
          className="bg-sunken min-w-0 flex-1 rounded-lg font-mono px-3 py-2.5 text-sm select-all wrap-anywhere"
        >
          {value}
        </code>
        {copies ? (
          <Button
            type="button"
            look="secondary"
            aria-label={t("Copy: {{label}}", { label })}
            onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
          >
            {t("Copy")}
          </Button>
        ) : null}
        <span role="status" className="text-muted text-sm">
          {copied ? t("Copied") : ""}
        </span>
      </div>
    </div>
  );
}
