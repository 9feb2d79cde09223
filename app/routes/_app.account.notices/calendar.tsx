import { Form, useNavigation } from "@remix-run/react";
import { CopyField } from "#app/components/copy-field.tsx";
import { Button, ButtonAnchor } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";

/** Due dates in a calendar: once as a file, or for good by a private address. */
export function Calendar({ since, address }: { since: Date | null; address: string | null }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <Card as="section">
      <h2 className="text-lg">{t("Calendar")}</h2>
      <div className="mt-4 space-y-5">
        <p className="text-muted text-sm text-pretty">
          {t("When your training is due and until when it counts, as entries of a day with a link.")}
        </p>
        <ButtonAnchor href="/learn/calendar.ics" look="secondary">
          {t("Download as a file")}
        </ButtonAnchor>
        <div className="border-line space-y-4 border-t pt-5">
          <h3 className="text-sm font-semibold">{t("Address for a calendar program")}</h3>
          <p className="text-muted text-sm text-pretty">
            {t(
              "A calendar that subscribes to it keeps itself up to date. Whoever has the address can read your dates, and nothing else.",
            )}
          </p>
          {address ? (
            <>
              <Notice tone="warn" role="status" title={t("It is shown this once")}>
                {t("Copy it into your calendar program now. If it is lost, make another.")}
              </Notice>
              <CopyField label={t("Address")} value={address} />
            </>
          ) : null}
          {since && !address ? (
            <p className="text-sm">
              <Rich
                text="An address exists since <moment/>."
                elements={{ moment: <Moment at={since.toISOString()} /> }}
              />
            </p>
          ) : null}
          <div className="flex flex-wrap gap-3">
            <Form method="post">
              <input type="hidden" name="intent" value="open" />
              <Button look="secondary" disabled={busy}>
                {since ? t("Make another and end this one") : t("Make an address")}
              </Button>
            </Form>
            {since ? (
              <Form method="post">
                <input type="hidden" name="intent" value="close" />
                <Button look="quiet" disabled={busy}>
                  {t("End the address")}
                </Button>
              </Form>
            ) : null}
          </div>
        </div>
      </div>
    </Card>
  );
}
