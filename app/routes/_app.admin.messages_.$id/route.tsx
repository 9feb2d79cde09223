import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { MailView } from "#app/components/mail-view.tsx";
import { MessageBadge } from "#app/components/message-badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { messageDetail, retryMessage } from "#app/domain/communication/message-log.server.ts";
import { noticeTopicNames } from "#app/domain/communication/notice.ts";
import { languageNames, languages } from "#app/domain/content/language.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Message"));

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return {
    message: found(await messageDetail(context.db, actor, idOf(params, "id"))),
    mayManage: can(actor, "message.manage", {}),
    retried: new URL(request.url).searchParams.has("retried"),
  };
}

/** The one thing there is to do with a message: to have it tried again. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "message.manage", {});
  const id = idOf(params, "id");
  const result = found(await retryMessage(context.db, actor, id, context.now()));
  if (result.ok) throw redirect(`/admin/messages/${id}?retried`);
  const t = await translateFor(request);
  return refused(
    { message: t("This message is not given up any more; there is nothing to try again.") },
    409,
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["message"];

export default function MessagePage() {
  const t = useT();
  const { message, mayManage, retried } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/messages" className="underline underline-offset-4">
            {t("Messages")}
          </Link>
        }
        title={message.subject}
        lang={message.language}
        actions={
          mayManage && message.state === "gave_up" ? (
            <Form method="post">
              <Button disabled={busy}>{busy ? t("Putting in line…") : t("Try again")}</Button>
            </Form>
          ) : undefined
        }
      />
      <div className="space-y-6">
        {refusal?.message ? (
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        ) : null}
        {retried ? (
          <Notice tone="good" role="status">
            {t("It is in line again and tried within seconds.")}
          </Notice>
        ) : null}
        <Facts message={message} />
        <MailView {...message} />
      </div>
    </>
  );
}

function Facts({ message }: { message: Shown }) {
  const t = useT();
  const number = useNumber();
  const { personId, name, topics, createdAt, endedAt, nextTryAt, attempts, lastError, outcome } = message;
  const language = languages.find((one) => one === message.language) ?? "en";
  return (
    <Card>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Detail term={t("Status")}>
          <MessageBadge state={message.state} />
        </Detail>
        <Detail term={t("To")}>
          <Link to={`/records/${personId}`} className="underline underline-offset-4">
            {name}
          </Link>
        </Detail>
        <Detail term={t("About")}>{topics.map((topic) => t(noticeTopicNames[topic])).join(", ")}</Detail>
        {message.askedBy.length > 0 ? (
          <Detail term={t("Asked for by")}>{message.askedBy.join(", ")}</Detail>
        ) : null}
        <Detail term={t("Language")}>
          <span lang={language}>{languageNames[language]}</span>
          {message.wanted.startsWith(language) ? null : (
            <span className="text-muted block text-sm font-normal">
              {t("Their language, {{language}}, has no mails yet.", { language: message.wanted })}
            </span>
          )}
        </Detail>
        <Detail term={t("Written")}>
          <Moment at={createdAt.toISOString()} />
        </Detail>
        {outcome === null ? (
          <Detail term={t("Next try")}>
            <Moment at={nextTryAt.toISOString()} />
          </Detail>
        ) : (
          <Detail term={outcome === "sent" ? t("Sent") : t("Ended")}>
            {endedAt ? <Moment at={endedAt.toISOString()} /> : "–"}
          </Detail>
        )}
        <Detail term={t("Tries")}>{number(attempts)}</Detail>
        <Detail term={t("May be switched off")}>{message.optional ? t("Yes") : t("No")}</Detail>
      </dl>
      {lastError ? (
        <div className="mt-5">
          <Notice tone="bad" title={t("What the mail server said last")}>
            <span lang="en" className="wrap-anywhere">
              {lastError}
            </span>
          </Notice>
        </div>
      ) : null}
      <p className="text-muted mt-5 text-xs wrap-anywhere">
        {t("SHA-256 of what it says: {{hash}}", { hash: message.hash })}
      </p>
    </Card>
  );
}
