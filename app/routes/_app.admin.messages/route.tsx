import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { MessageBadge } from "#app/components/message-badge.tsx";
import { PageLinks } from "#app/components/page-links.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { messageFilter } from "#app/domain/communication/message-log.ts";
import { mailState, messagePage, switchReminders } from "#app/domain/communication/message-log.server.ts";
import { noticeTopicNames } from "#app/domain/communication/notice.ts";
import { tryAddressAgain, unreachablePeople } from "#app/domain/communication/refused-address.server.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { messagesAddress } from "./address.ts";
import { FilterForm } from "./filter-form.tsx";
import { MailStatus } from "./mail-status.tsx";
import { Unreachable } from "./unreachable.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Messages"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = new URL(request.url).searchParams;
  const filter = messageFilter.parse(Object.fromEntries(search));
  return {
    filter,
    ...(await messagePage(context.db, actor, filter)),
    mail: await mailState(context.db, actor),
    unreachable: await unreachablePeople(context.db, actor, context.now()),
    from: context.mailing.from,
    mayManage: can(actor, "message.manage", {}),
    switched: search.has("switched"),
    again: search.has("again"),
  };
}

const fields = z.union([
  z.object({ reminders: z.enum(["on", "off"]) }),
  /** The person whose address is to be tried again. */
  z.object({ again: z.string().min(1).max(100) }),
]);

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "message.manage", {});
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  if ("again" in form.value) {
    // Whose address was put right in the meantime is written to as well.
    await tryAddressAgain(context.db, actor, form.value.again, context.now());
    throw redirect("/admin/messages?again");
  }
  await switchReminders(context.db, actor, form.value.reminders === "on", context.now());
  throw redirect("/admin/messages?switched");
}

export type View = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Messages() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const { messages, filter, any, pages, switched, again, mail } = view;
  return (
    <>
      <PageHeader
        title={t("Messages")}
        lead={t(
          "Who is told what, when and how (ISO/IEC 42001 7.4). Every mail is kept as it was written, with what became of it.",
        )}
        actions={
          <>
            <ButtonLink to="/admin/messages/planned" look="secondary">
              {t("What would go out")}
            </ButtonLink>
            <ButtonLink to="/admin/messages/preview" look="secondary">
              {t("Preview a mail")}
            </ButtonLink>
          </>
        }
      />
      <div className="space-y-6">
        {switched ? (
          <Notice tone="good" role="status">
            {mail.reminders ? t("Reminders are on.") : t("Reminders are paused.")}
          </Notice>
        ) : null}
        {again ? (
          <Notice tone="good" role="status">
            {t("Mails go out to this address again.")}
          </Notice>
        ) : null}
        <MailStatus view={view} />
        <Unreachable view={view} />
        {any ? <FilterForm filter={filter} /> : null}
        {messages.length > 0 ? (
          <ol className="space-y-3" aria-label={t("Messages")}>
            {messages.map((one) => (
              <Row key={one.id} message={one} />
            ))}
          </ol>
        ) : (
          <Nothing any={any} />
        )}
        <PageLinks
          back={filter.page > 1 ? { to: messagesAddress(filter, filter.page - 1), words: t("Newer") } : null}
          on={
            filter.page < pages ? { to: messagesAddress(filter, filter.page + 1), words: t("Older") } : null
          }
        />
      </div>
    </>
  );
}

function Row({ message }: { message: View["messages"][number] }) {
  const t = useT();
  const { id, personId, name, topics, language, subject, createdAt, endedAt, state, lastError, askedBy } =
    message;
  return (
    <Card as="li" className="py-4! sm:py-4!">
      <div className="flex flex-wrap items-center gap-2">
        <MessageBadge state={state} />
        {topics.map((topic) => (
          <Badge key={topic}>{t(noticeTopicNames[topic])}</Badge>
        ))}
        {askedBy.length > 0 ? (
          <Badge tone="accent">{t("Asked for by {{name}}", { name: askedBy.join(", ") })}</Badge>
        ) : null}
        <span className="text-muted text-sm">
          <Moment at={(endedAt ?? createdAt).toISOString()} />
        </span>
      </div>
      <p className="mt-2 font-semibold wrap-anywhere">
        <Link
          to={`/admin/messages/${id}`}
          lang={language}
          className="text-accent underline-offset-4 hover:underline"
        >
          {subject}
        </Link>
      </p>
      <p className="mt-1 text-sm">
        <Link to={`/records/${personId}`} className="underline underline-offset-4">
          {name}
        </Link>
      </p>
      {lastError ? (
        <p lang="en" className="text-bad-ink mt-2 text-sm wrap-anywhere">
          {lastError}
        </p>
      ) : null}
    </Card>
  );
}

function Nothing({ any }: { any: boolean }) {
  const t = useT();
  return any ? (
    <EmptyState
      title={t("No message fits")}
      action={
        <ButtonLink look="secondary" to="/admin/messages">
          {t("Show all")}
        </ButtonLink>
      }
    />
  ) : (
    <EmptyState title={t("No message yet")}>
      {t("Mails appear here when something is due, within the hours of each reader.")}
    </EmptyState>
  );
}
