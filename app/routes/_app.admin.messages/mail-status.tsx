import { Form, Link, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Badge, Card, Detail, Notice } from "#app/components/ui/surface.tsx";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import type { View } from "./route.tsx";

/** Whether mails are written and whether they can go out, said before anything else. */
export function MailStatus({ view }: { view: View }) {
  const t = useT();
  const number = useNumber();
  const busy = useNavigation().formData?.has("reminders") ?? false;
  const { mail, from, mayManage } = view;
  const linked = (state: string, count: number) =>
    count === 0 ? (
      number(0)
    ) : (
      <Link to={`/admin/messages?state=${state}`} className="text-accent underline underline-offset-4">
        {number(count)}
      </Link>
    );
  return (
    <Card as="section">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="text-lg">{t("Reminders")}</h2>
          <Badge tone={mail.reminders ? "good" : "warn"}>
            <Glyph name={mail.reminders ? "check" : "pause"} className="size-3.5" />
            {mail.reminders ? t("On") : t("Paused")}
          </Badge>
        </div>
        {mayManage ? (
          <Form method="post">
            <input type="hidden" name="reminders" value={mail.reminders ? "off" : "on"} />
            <Button look="secondary" disabled={busy}>
              {mail.reminders ? t("Pause reminders") : t("Start reminders")}
            </Button>
          </Form>
        ) : null}
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
        <Detail term={t("Sent from")}>
          {from === null ? t("No mail server") : <span className="wrap-anywhere">{from}</span>}
        </Detail>
        <Detail term={t("Waiting")}>{linked("waiting", mail.waiting)}</Detail>
        <Detail term={t("Trying again")}>{linked("retrying", mail.retrying)}</Detail>
        <Detail term={t("Given up")}>{linked("gave_up", mail.gaveUp)}</Detail>
      </dl>
      {from === null ? (
        <div className="mt-5">
          <Notice tone="warn" title={t("No mail server is configured, so nothing is sent")}>
            <Rich
              text="Mails are written and wait here. Start the server with <url/> and <sender/> to have them sent."
              elements={{
                url: <code className="font-mono">{"SMTP_URL"}</code>,
                sender: <code className="font-mono">{"MAIL_FROM"}</code>,
              }}
            />
          </Notice>
        </div>
      ) : null}
      {from !== null && mail.lastError ? (
        <div className="mt-5">
          <Notice tone="warn" title={t("What the mail server said last")}>
            <span lang="en" className="wrap-anywhere">
              {mail.lastError}
            </span>
          </Notice>
        </div>
      ) : null}
    </Card>
  );
}
