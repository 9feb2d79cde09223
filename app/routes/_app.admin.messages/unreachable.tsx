import { Link } from "@remix-run/react";
import { TryAgain } from "#app/components/address-again.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { View } from "./route.tsx";

/** The people whom no mail reaches, with what to do about it; nothing where all can be reached or nothing is sent. */
export function Unreachable({ view }: { view: View }) {
  const t = useT();
  const { unreachable, from, mayManage } = view;
  if (unreachable.length === 0 && from === null) return null;
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Addresses that take no mail")}</h2>
      <p className="text-muted mt-1 max-w-prose text-sm">
        {unreachable.length === 0
          ? t("No address was refused.")
          : t(
              "The mail server refused these addresses for good, so nothing more is sent to them. A changed address is written to at once; if the address is right, try it again.",
            )}
      </p>
      {unreachable.length > 0 ? (
        <ul className="divide-line mt-4 divide-y">
          {unreachable.map((one) => (
            <li key={one.personId} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div className="min-w-0">
                <p className="font-semibold">
                  <Link to={`/records/${one.personId}`} className="text-accent underline underline-offset-4">
                    {one.name}
                  </Link>
                </p>
                <p className="text-muted text-sm wrap-anywhere">
                  <Moment at={one.refusedAt.toISOString()} /> · <span lang="en">{one.answer}</span>
                </p>
              </div>
              {mayManage ? <TryAgain personId={one.personId} name={one.name} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {from === null ? null : (
        <p className="text-muted mt-4 max-w-prose text-sm">
          <Rich
            text="Only what the mail server says at once is known here. Mails that it takes and that come back later arrive in the mailbox of <sender/>: look there now and then."
            elements={{ sender: <span className="wrap-anywhere">{from}</span> }}
          />
        </p>
      )}
    </Card>
  );
}
