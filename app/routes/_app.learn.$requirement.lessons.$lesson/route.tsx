import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ClientActionFunctionArgs, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { givenFrom } from "#app/components/item/given.ts";
import { LanguageChoice, Untranslated } from "#app/components/language-choice.tsx";
import { orUnreachable } from "#app/components/unreachable.ts";
import { useAnchorFocus } from "#app/components/use-anchor-focus.ts";
import { lessonFor } from "#app/domain/competence/lesson.server.ts";
import { takeStep } from "#app/domain/competence/study.server.ts";
import { formOf, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { LessonEnd } from "./lesson-end.tsx";
import { LessonPart } from "./lesson-part.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.lesson.title ?? t("Lesson"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const wanted = await languageOf(request);
  const view = await lessonFor(
    context.db,
    actor,
    params["requirement"] ?? "",
    params["lesson"] ?? "",
    wanted,
  );
  return { wanted, ...found(view) };
}

const fields = z.object({ part: z.coerce.number().int().min(0).max(1000) });

/** Takes one step of the lesson and goes to what follows: the explanation of a question, or the next part. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const requirement = params["requirement"] ?? "";
  const lesson = params["lesson"] ?? "";
  const form = await formOf(request);
  const sent = fields.safeParse({ part: form.get("part") });
  const t = await translateFor(request);
  if (!sent.success) return refused({ message: t("That part could not be read. Try again.") }, 422);
  const { part } = sent.data;
  const view = found(await lessonFor(context.db, actor, requirement, lesson));
  const shown = found(view.parts[part]);
  const given = shown.kind === "question" ? givenFrom(form, shown.item) : null;
  const result = found(
    await takeStep(context.db, actor, { requirement, lesson, part, given }, context.now()),
  );
  if (!result.ok) {
    const values = Object.fromEntries(
      [...form].filter((e): e is [string, string] => typeof e[1] === "string"),
    );
    const message = given
      ? t("That answer is not complete. Give each element its own place.")
      : t("Answer first; then you see why.");
    return refused({ errors: { [`part-${part}`]: message }, values }, 422);
  }
  const next = shown.kind === "question" ? part : part + 1;
  const anchor = next < view.parts.length ? `part-${next}` : "end";
  const elsewhere = result.otherwise ? `?elsewhere=${part}` : "";
  return redirect(`/learn/${requirement}/lessons/${lesson}${elsewhere}#${anchor}`);
}

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function Lesson() {
  const view = useLoaderData<typeof loader>();
  const t = useT();
  const langOf = useLangOf();
  const { requirement, module, lesson, parts, next, done, language, languages, wanted } = view;
  useAnchorFocus();
  const firstText = parts.findIndex((part) => part.kind === "text");
  return (
    <article className="mx-auto max-w-3xl">
      <header>
        <p className="text-muted text-sm font-medium">
          <Link
            to={`/learn/${requirement.slug}`}
            lang={langOf(module.language)}
            className="underline underline-offset-4"
          >
            {module.title}
          </Link>{" "}
          · {t("Lesson {{number}} of {{total}}", { number: lesson.position, total: lesson.count })} ·{" "}
          {t("about {{count}} minutes", { count: lesson.minutes })}
        </p>
        <h1 lang={langOf(language)} className="mt-2 text-3xl sm:text-4xl">
          {lesson.title}
        </h1>
        <LanguageChoice
          languages={languages}
          shown={language}
          anchor={!done && next > 0 ? `part-${next}` : undefined}
        />
        <Untranslated wanted={wanted} shown={language} />
      </header>
      <Progress taken={parts.filter((part) => part.taken).length} parts={parts.length} />
      <div className="space-y-10">
        {parts.slice(0, next + 1).map((part, i) => (
          <LessonPart
            key={`${lesson.id}-${i}`}
            part={part}
            language={language}
            figure={i === firstText ? lesson.figure : null}
            index={i}
            total={parts.length}
          />
        ))}
        {done ? <LessonEnd view={view} /> : null}
      </div>
    </article>
  );
}

/** How far one is in this lesson; stays in sight while reading. */
function Progress({ taken, parts }: { taken: number; parts: number }) {
  const t = useT();
  return (
    <div className="bg-canvas sticky top-15 z-30 -mx-4 mt-6 mb-8 flex items-center gap-1.5 px-4 py-3 sm:mx-0 sm:px-0">
      <span className="sr-only">{t("{{done}} of {{total}} parts done", { done: taken, total: parts })}</span>
      {Array.from({ length: parts }, (_, i) => (
        <span
          key={i}
          aria-hidden="true"
          className={`h-1.5 flex-1 rounded-full ${i < taken ? "bg-accent" : "bg-line"}`}
        />
      ))}
    </div>
  );
}
