import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { attemptName } from "#app/components/attempt-name.ts";
import { dropDrafts } from "#app/components/item/draft.ts";
import { ExplainedItemView, ItemOutcome } from "#app/components/item/explained-item.tsx";
import { slugName } from "#app/components/slug-name.ts";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { type CourseView, courseFor } from "#app/domain/competence/course.server.ts";
import { practiceDays } from "#app/domain/learning/practice.ts";
import { type AttemptResult, resultFor } from "#app/domain/learning/result.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { CalibrationFeedback } from "./calibration.tsx";
import { Folded } from "./folded.tsx";
import { Measured } from "./measured.tsx";
import { Objectives } from "./objectives.tsx";
import { Outcome } from "./outcome.tsx";
import { ToLookAt } from "./to-look-at.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => t(data?.passed ? "Passed · Assessment" : "Result · Assessment"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const language = await languageOf(request);
  const now = context.now();
  const result = found(await resultFor(context.db, actor, idOf(params, "attemptId"), language));
  const course = await courseFor(context.db, actor, result.requirement, now, language);
  return { ...result, ...afterwards(result, course, now) };
}

/** The lessons there are now, and of the newest attempt what may come after it. */
function afterwards({ id: attemptId, submittedAt }: AttemptResult, course: CourseView | null, now: Date) {
  const lessons = course?.lessons.map(({ id, title, language }) => ({ id, title, language })) ?? [];
  if (course?.assessment.history.at(-1)?.id !== attemptId) return { lessons, further: null };
  const { start, attempts, granted, history } = course.assessment;
  const first = new Date(submittedAt.getTime() + practiceDays[0] * 86_400_000);
  return {
    lessons,
    further: {
      start,
      left: attempts + granted - history.length,
      practiceFrom: first > now ? first : null,
    },
  };
}

export default function Result() {
  const t = useT();
  const langOf = useLangOf();
  const result = useLoaderData<typeof loader>();
  const { id, requirement, moduleTitle, submittedAt, timedOut, erased } = result;
  // What this device kept for the attempt has become useless.
  useEffect(() => dropDrafts(id), [id]);
  return (
    <div className="mx-auto max-w-4xl">
      <p className="text-muted text-sm font-medium">
        <Link
          to={`/learn/${requirement}`}
          lang={langOf(result.moduleLanguage)}
          className="underline underline-offset-4"
        >
          {moduleTitle}
        </Link>{" "}
        · {attemptName(result, t)} · <Moment at={submittedAt.toISOString()} />
        {timedOut ? ` · ${t("ended by the clock")}` : null}
      </p>
      {result.kind === "pretest" || result.kind === "retention" ? (
        <Measured kind={result.kind} score={result.score} requirement={requirement} />
      ) : (
        <Outcome />
      )}
      <CalibrationFeedback calibration={result.calibration} verdict={result.calibrated} />
      {erased ? <Erased at={erased.at} /> : <Explained />}
    </div>
  );
}

/** In the place of figures and explanations that nobody can give any more. */
function Erased({ at }: { at: Date | null }) {
  const t = useT();
  return (
    <Card as="section" className="mt-8">
      <h2 className="text-lg">
        {at ? (
          <Rich text="The answers were erased on <day/>" elements={{ day: <Day at={at.toISOString()} /> }} />
        ) : (
          t("The answers were erased")
        )}
      </h2>
      <p className="text-muted mt-2 text-pretty">
        {t(
          "The result stands, with what was reached and when. What was answered, and how it went by objective, is known no more.",
        )}
      </p>
    </Card>
  );
}

function Explained() {
  const t = useT();
  const { items } = useLoaderData<typeof loader>();
  return (
    <>
      <Objectives />
      <section aria-labelledby="items" className="mt-12">
        <h2 id="items" className="text-xl">
          {t("Every item explained")}
        </h2>
        <ToLookAt items={items} />
        <ol className="mt-4 space-y-6">
          {items.map((item, i) => (
            <Card as="li" key={i}>
              <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
                <h3
                  id={`item-${i + 1}`}
                  tabIndex={-1}
                  className="text-muted scroll-mt-8 text-sm outline-none"
                >
                  {t("Item {{number}} of {{total}}", { number: i + 1, total: items.length })}
                </h3>
                <ItemOutcome item={item} />
              </div>
              <ExplainedItemView
                item={item}
                language={item.language}
                folded={item.score >= 1 ? Folded : undefined}
              >
                <QuotedClause of={item.clause} />
              </ExplainedItemView>
            </Card>
          ))}
        </ol>
      </section>
    </>
  );
}

/** The clause an item rests on, as it was in force when the attempt was submitted. */
function QuotedClause({ of }: { of: string | null }) {
  const { clauses } = useLoaderData<typeof loader>();
  const lang = useLangOf()(sourceLanguage);
  const clause = of ? clauses[of] : undefined;
  if (!clause) return null;
  return (
    <figure className="border-accent max-w-[70ch] border-l-4 pl-4">
      <blockquote
        lang={lang}
        className="prose text-sm"
        // Sanitised by renderMarkdown.
        dangerouslySetInnerHTML={{ __html: clause.html }}
      />
      <figcaption className="mt-2 text-sm">
        <Link
          to={`/policies/${clause.slug}?version=${clause.version}#c-${clause.number}`}
          className="text-accent font-medium underline underline-offset-4"
        >
          <Rich
            text="<clause/> (version {{version}})"
            values={{ version: clause.version }}
            elements={{
              clause: (
                <span lang={lang}>
                  {slugName(clause.slug)} {clause.number}, {clause.heading}
                </span>
              ),
            }}
          />
        </Link>
      </figcaption>
    </figure>
  );
}
