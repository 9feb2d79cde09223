import { useEffect, useRef } from "react";
import { CopyField } from "#app/components/copy-field.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** The link of a new seat, right after the invitation: the only time it is shown. */
export function SeatLink({ link, name }: { link: string; name: string }) {
  const t = useT();
  const title = useRef<HTMLHeadingElement>(null);
  // The form that was sent is further down, and so is the focus.
  useEffect(() => title.current?.focus(), []);
  return (
    <Card as="section">
      <h2 ref={title} tabIndex={-1} className="scroll-mt-32 text-lg outline-none wrap-anywhere">
        {t("The link for {{name}}", { name })}
      </h2>
      <div className="mt-4 space-y-4">
        <Notice tone="warn" role="status" title={t("The link is shown this once")}>
          {t("It works once, to set a password. Give it to the auditor by a way you trust.")}
        </Notice>
        <CopyField label={t("Link")} value={link} />
      </div>
    </Card>
  );
}
