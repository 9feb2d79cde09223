import { useLoaderData } from "@remix-run/react";
import { TryAgain } from "#app/components/address-again.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** Says that no mail reaches the person; what the mail server said is for those who look after mails. */
export function Unreached() {
  const t = useT();
  const { unreached, own, record, mailAnswer, mayTryAddress } = useLoaderData<typeof loader>();
  if (!unreached) return null;
  const { id, name } = record.person;
  return (
    <div className="mb-6">
      <Notice tone="warn" title={own ? t("No mail reaches you") : t("No mail reaches {{name}}", { name })}>
        <p>
          {own
            ? t("The mail server refused your address, so you get no reminders. Tell HR the right one.")
            : t(
                "The mail server refused the address, so no reminders are sent until it changes or is tried again.",
              )}
        </p>
        {mailAnswer !== null ? (
          <p lang="en" className="mt-1 wrap-anywhere">
            {mailAnswer}
          </p>
        ) : null}
        {mayTryAddress ? (
          <div className="mt-3">
            <TryAgain personId={id} name={name} />
          </div>
        ) : null}
      </Notice>
    </div>
  );
}
