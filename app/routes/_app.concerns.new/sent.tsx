import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";

/** Thanks for a report without a name, with the code that leads back to it. */
export function Sent({ number, code }: { number: number; code: string }) {
  const t = useT();
  const title = useRef<HTMLHeadingElement>(null);
  // The form has gone, and the focus with it.
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="mx-auto max-w-2xl space-y-6">
      <h1 ref={title} tabIndex={-1} className="text-2xl outline-none sm:text-3xl">
        {t("Thank you. Your report is number {{number}}", { number })}
      </h1>
      <p className="text-pretty">
        {t(
          "It was sent without your name. A reviewer confirms receipt within one working day; the code below shows you the answer.",
        )}
      </p>
      <Card as="section">
        <h2 className="text-lg">{t("Your follow-up code")}</h2>
        <p className="bg-sunken mt-3 rounded-xl px-4 py-4 text-center font-mono text-lg font-semibold tracking-wide select-all wrap-anywhere sm:text-xl">
          {code}
        </p>
        <p className="text-muted mt-3 text-sm">
          <Rich
            text="Select it and copy it, or write it down, and keep it where only you look. Enter it under Concerns to read the answer, or without signing in under <follow>Follow up a report</follow>."
            elements={{
              follow: <Link to="/follow-up" className="text-accent underline underline-offset-4" />,
            }}
          />
        </p>
      </Card>
      <Notice tone="warn" title={t("The code is shown this once")}>
        {t(
          "Only a fingerprint of it is stored. If it is lost, nobody can give it to you again. The report is handled all the same.",
        )}
      </Notice>
      <div className="flex flex-wrap gap-3">
        <ButtonLink to="/concerns">{t("I have kept the code")}</ButtonLink>
        <ButtonLink to="/policies/ai-incident-procedure#c-2.3" look="secondary">
          {t("What to do now")}
        </ButtonLink>
      </div>
    </div>
  );
}
