import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ChangedAnswers } from "#app/components/changed-answers.tsx";
import { DuePractices } from "#app/components/due-practices.tsx";
import { OpenAcknowledgements } from "#app/components/open-acknowledgements.tsx";
import { RequirementCard } from "#app/components/requirement-card.tsx";
import { changedAnswers } from "#app/domain/assistant/watch.server.ts";
import { openAcknowledgements } from "#app/domain/competence/acknowledgement-duty.server.ts";
import { byUrgency, isOpen } from "#app/domain/competence/agenda.ts";
import { learnerRequirements } from "#app/domain/competence/curriculum.server.ts";
import { duePractices } from "#app/domain/competence/practice.server.ts";
import { waitingFor } from "#app/domain/competence/waiting.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Beside } from "./beside.tsx";
import { AllDone, Hero } from "./hero.tsx";
import { WaitingForOthers, WaitingForYou } from "./waiting.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Home"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const language = await languageOf(request);
  const [first, ...others] = byUrgency(await learnerRequirements(context.db, actor, now, language));
  return {
    now,
    name: actor.name.split(" ")[0],
    first: first ?? null,
    others,
    practices: await duePractices(context.db, actor, now, language),
    acknowledgements: await openAcknowledgements(context.db, now, [actor.id]),
    waiting: await waitingFor(context.db, actor, now),
    changed: (await changedAnswers(context.db, actor)).filter((answer) => !answer.seen),
    mayBoard: can(actor, "board.read"),
    mayDecide: can(actor, "case.queue"),
  };
}

export default function Home() {
  const t = useT();
  const { now, name, first, others, changed, practices, acknowledgements, waiting } =
    useLoaderData<typeof loader>();
  const courses = [first, ...others].filter((one) => one && isOpen(one)).length;
  const { decided, actions, toDecide } = waiting;
  const rows = decided.length + actions.length + Number(toDecide.proofs > 0) + Number(toDecide.erasures > 0);
  // Everything that stands below, so that who counts finds as many.
  const toDo = courses + acknowledgements.length + rows + practices.length + changed.length;
  return (
    <>
      <h1 className="text-2xl sm:text-3xl">{t("Hello, {{name}}", { name })}</h1>
      <p className="text-muted mt-2 mb-8">
        {toDo === 0
          ? t("You have nothing to do. Ask before you use AI for something new.")
          : t("{{count}} things are waiting for you; this comes first.", { count: toDo })}
      </p>
      <OpenAcknowledgements open={acknowledgements} now={now} />
      <WaitingForYou />
      <DuePractices practices={practices} />
      <ChangedAnswers answers={changed} />
      <WaitingForOthers />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="space-y-6">
          {first && isOpen(first) ? <Hero /> : <AllDone />}
          {others.length > 0 ? (
            <section aria-labelledby="others">
              <h2 id="others" className="mb-4 text-xl">
                {t("Your other requirements")}
              </h2>
              <ul className="space-y-5">
                {others.map((requirement) => (
                  <RequirementCard key={requirement.slug} requirement={requirement} now={now} />
                ))}
              </ul>
            </section>
          ) : null}
        </div>
        <Beside />
      </div>
    </>
  );
}
