import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import { switchOff } from "#app/domain/communication/preference.server.ts";
import { switchBehind } from "#app/domain/communication/switch-link.server.ts";
import { found } from "#app/http/guard.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Switch notices off"));

/** Changes nothing: programs that check mails follow every link in them. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { by } = found(await switchBehind(context.db, found(params["token"])));
  return { by };
}

/** By the button of the page, or by the one click of a mail program (RFC 8058), which carries no cookie. */
export async function action({ params, context }: ActionFunctionArgs) {
  const off = found(await switchOff(context.db, found(params["token"]), context.now()));
  return { off: off.by };
}

export default function Unsubscribe() {
  const t = useT();
  const { by } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const account = (
    <Link to="/account/notices" className="text-accent font-semibold underline underline-offset-4" />
  );
  return (
    <div className="mx-auto max-w-xl pt-6 sm:pt-12">
      <h1 className="text-3xl">{t("Switch notices off")}</h1>
      <Card className="mt-8 space-y-5">
        <p className="text-pretty">
          {by === "practice"
            ? t("Mails that bring two questions to keep what you learned fresh.")
            : t("Early reminders of training, ahead of those that must be sent.")}
        </p>
        {done ? (
          <Notice tone="good" role="status">
            {t("They are switched off. You get no more of them.")}
          </Notice>
        ) : (
          <Form method="post">
            <Button disabled={busy}>{busy ? t("Switching off…") : t("Switch them off")}</Button>
          </Form>
        )}
        <p className="text-muted text-sm">
          <Rich
            text="Notices of required training stay on. Signed in, you choose everything under <account>Notices</account>."
            elements={{ account }}
          />
        </p>
      </Card>
    </div>
  );
}
