import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { RequirementCard } from "#app/components/requirement-card.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { byUrgency, isOpen } from "#app/domain/competence/agenda.ts";
import { learnerRequirements } from "#app/domain/competence/curriculum.server.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Learn"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const language = await languageOf(request);
  return { now, requirements: byUrgency(await learnerRequirements(context.db, actor, now, language)) };
}

export default function Learn() {
  const t = useT();
  const { now, requirements } = useLoaderData<typeof loader>();
  const groups = [
    { id: "to-do", title: t("To do"), list: requirements.filter(isOpen) },
    { id: "done", title: t("Nothing to do"), list: requirements.filter((one) => !isOpen(one)) },
  ].filter((group) => group.list.length > 0);
  return (
    <>
      <PageHeader
        title={t("Learn")}
        lead={t(
          "What your role asks you to know about AI, and until when. Each step is saved as you take it.",
        )}
        actions={
          requirements.length > 0 ? (
            <ButtonAnchor href="/learn/calendar.ics" look="secondary">
              {t("Due dates for your calendar")}
            </ButtonAnchor>
          ) : undefined
        }
      />
      {requirements.length === 0 ? (
        <EmptyState
          title={t("Nothing is assigned to you")}
          action={
            <ButtonLink to="/policies" look="secondary">
              {t("Read the policies")}
            </ButtonLink>
          }
        >
          {t("When a requirement applies to your role, it appears here with its due date.")}
        </EmptyState>
      ) : (
        <div className="space-y-10">
          {groups.map((group) => (
            <section key={group.id} aria-labelledby={group.id}>
              <h2 id={group.id} className="mb-4 text-xl">
                {group.title}
              </h2>
              <ul className="grid gap-5 lg:grid-cols-2">
                {group.list.map((requirement) => (
                  <RequirementCard key={requirement.slug} requirement={requirement} now={now} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
}
