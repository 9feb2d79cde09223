import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { headingOf } from "#app/domain/assistant/answer.ts";
import { answerWords } from "#app/domain/assistant/answer-words.ts";
import { questionFor } from "#app/domain/assistant/conversation.server.ts";
import { feedbackOn } from "#app/domain/assistant/feedback.server.ts";
import { colleaguesFor } from "#app/domain/assistant/share.server.ts";
import { noticeOn } from "#app/domain/assistant/watch.server.ts";
import { parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { ChoicesForm, Correction } from "./choices-form.tsx";
import { Aside } from "./aside.tsx";
import { FollowUp, Turns } from "./conversation.tsx";
import { Changed, SharedBy } from "./changed.tsx";
import { Feedback } from "./feedback.tsx";
import { answerFields, done, doneWords } from "./fields.ts";
import { carryOut } from "./intents.server.ts";
import { Keep } from "./keep.tsx";
import { Quotes } from "./quotes.tsx";
import { Share } from "./share.tsx";
import { VerdictCard } from "./verdict-card.tsx";
import { Why } from "./why.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t, language) => (data ? headingOf(data.verdict, answerWords[language]) : t("Answer")));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const questionId = params["questionId"] ?? "";
  const question = found(await questionFor(db, actor, questionId));
  const asker = question.viewer === "asker";
  const { searchParams } = new URL(request.url);
  const search = (searchParams.get("colleague") ?? "").trim().slice(0, 100);
  return {
    ...question,
    /** Whether a model's wording is to be fetched. */
    wording:
      asker &&
      question.phrased === null &&
      context.model !== null &&
      question.verdict.outcome !== "asked_back",
    model: context.model?.name ?? question.answer.reading?.model ?? null,
    address: `${context.baseUrl}/ask/${question.id}`,
    notice: await noticeOn(db, actor, question, context.now()),
    feedback: asker ? await feedbackOn(db, actor, question.id) : null,
    search,
    colleagues: asker
      ? found(await colleaguesFor(db, actor, { questionId: question.id, search }, context.now()))
      : [],
    done: done.parse(searchParams.get("done")),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const questionId = params["questionId"] ?? "";
  found(await questionFor(db, actor, questionId));
  const form = await parseForm(request, answerFields);
  if (!form.ok) return form.response;
  return carryOut(form.value, {
    services: context,
    actor,
    questionId,
    state: form.state,
    t: await translateFor(request),
    now: context.now(),
  });
}

export type QuestionView = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Question() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const mine = view.viewer === "asker";
  return (
    <div className="answer">
      <p className="text-muted mb-2 text-sm font-medium">
        <Link to="/ask" className="underline underline-offset-4">
          {t("Ask")}
        </Link>{" "}
        · <Moment at={view.askedAt.toISOString()} />
      </p>
      <Turns view={view} />
      {view.newestId !== view.id ? (
        <div className="mt-4">
          <Notice title={t("There is a later answer")}>
            <Link to={`/ask/${view.newestId}`} className="underline underline-offset-4">
              {t("Go to the latest answer")}
            </Link>
          </Notice>
        </div>
      ) : null}
      {state?.message ? (
        <div className="mt-4">
          <Notice tone="bad" role="alert">
            {state.message}
          </Notice>
        </div>
      ) : null}
      <SharedBy view={view} />
      <Changed view={view} />
      {view.done && !state ? (
        <div className="mt-4 print:hidden">
          <Notice tone="good" role="status">
            {t(doneWords[view.done])}
          </Notice>
        </div>
      ) : null}
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-8">
          <VerdictCard key={view.id} view={view} />
          <Keep view={view} />
          {mine && view.answer.askBack.length > 0 ? (
            <ChoicesForm key={`back-${view.id}`} view={view} />
          ) : null}
          <FollowUp key={`further-${view.id}`} view={view} />
          <Why verdict={view.verdict} language={view.language} />
          <Quotes view={view} />
          {mine && view.facts.length > 0 ? <Correction key={`fix-${view.id}`} view={view} /> : null}
          <Feedback view={view} />
          <Share view={view} />
          <ButtonLink look="secondary" to="/ask" className="print:hidden">
            {t("Ask something else")}
          </ButtonLink>
        </div>
        <Aside view={view} />
      </div>
      <p className="mt-8 hidden text-sm print:block">{view.address}</p>
    </div>
  );
}
