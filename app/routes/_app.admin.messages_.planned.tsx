import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, Detail, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { mailState } from "#app/domain/communication/message-log.server.ts";
import { noticeTopicNames, noticeTopics } from "#app/domain/communication/notice.ts";
import { mailPlan } from "#app/domain/competence/digest-plan.server.ts";
import { rungOf } from "#app/domain/competence/reminder.ts";
import { ladderNames, rungWords } from "#app/components/rung-words.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("What would go out"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { reminders } = context.mailing;
  const plan = await mailPlan(context.db, actor, reminders, context.now());
  return {
    plan,
    steps: plan.steps.map((one) => ({ ...one, rung: rungOf(reminders, one.step) })),
    paused: !(await mailState(context.db, actor)).reminders,
  };
}

export default function Planned() {
  const t = useT();
  const number = useNumber();
  const { plan, steps, paused } = useLoaderData<typeof loader>();
  const shown = plan.mails.length;
  const all = plan.today + plan.later;
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/messages" className="underline underline-offset-4">
            {t("Messages")}
          </Link>
        }
        title={t("What would go out")}
        lead={t(
          "A dry run: whom something is to be told by now, beside the mails that are written already. Nothing is written and nothing is sent.",
        )}
      />
      <div className="space-y-6">
        {paused ? (
          <Notice tone="warn">
            {t("Reminders are paused. This is what would go out once they are started.")}
          </Notice>
        ) : null}
        {all === 0 ? (
          <EmptyState title={t("Nothing is due")}>
            {t("Everybody was told what there is to tell by now.")}
          </EmptyState>
        ) : (
          <>
            <Card>
              <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
                <Detail term={t("Mails today")}>{number(plan.today)}</Detail>
                <Detail term={t("Mails later")}>{number(plan.later)}</Detail>
                {noticeTopics.map((topic) => (
                  <Detail key={topic} term={t(noticeTopicNames[topic])}>
                    {number(plan.topics[topic])}
                  </Detail>
                ))}
              </dl>
            </Card>
            <Table
              caption={t("Notices by step")}
              head={
                <>
                  <Th>{t("Step")}</Th>
                  <Th>{t("When")}</Th>
                  <Th>{t("Notices")}</Th>
                </>
              }
            >
              {steps.map(({ step, notices, rung }) => (
                <tr key={step}>
                  <Td>{rung ? t(ladderNames[rung.ladder]) : t("Practice")}</Td>
                  <Td>{rung ? rungWords(t, rung) : <code>{step}</code>}</Td>
                  <Td>{number(notices)}</Td>
                </tr>
              ))}
            </Table>
            <div>
              <h2 className="mb-3 text-lg">{t("Readers")}</h2>
              <Table
                caption={t("Readers")}
                head={
                  <>
                    <Th>{t("Person")}</Th>
                    <Th>{t("About")}</Th>
                    <Th>{t("Notices")}</Th>
                    <Th>{t("Goes out")}</Th>
                  </>
                }
              >
                {plan.mails.map((mail) => (
                  <tr key={mail.personId}>
                    <Td>
                      <Link to={`/records/${mail.personId}`} className="underline underline-offset-4">
                        {mail.name}
                      </Link>
                    </Td>
                    <Td>{mail.topics.map((topic) => t(noticeTopicNames[topic])).join(", ")}</Td>
                    <Td>{number(mail.notices)}</Td>
                    <Td>
                      <Moment at={mail.at.toISOString()} />
                    </Td>
                  </tr>
                ))}
              </Table>
              {shown < all ? (
                <p className="text-muted mt-3 text-sm">
                  {t("The first {{shown}} of {{count}} readers.", { shown, count: all })}
                </p>
              ) : null}
            </div>
          </>
        )}
      </div>
    </>
  );
}
