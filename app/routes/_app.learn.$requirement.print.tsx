import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Figure } from "#app/components/figure.tsx";
import { useHydrated } from "#app/components/hydrated.ts";
import { Button } from "#app/components/ui/button.tsx";
import { PageHeader } from "#app/components/ui/surface.tsx";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { printableFor } from "#app/domain/competence/lesson.server.ts";
import type { PresentedItem } from "#app/domain/learning/presentation.ts";
import { found } from "#app/http/guard.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => `${data?.title ?? ""} · ${t("to print")}`);

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const language = await languageOf(request);
  return found(await printableFor(context.db, actor, params["requirement"] ?? "", language));
}

export default function Printable() {
  const { requirement, title, language, version, lessons } = useLoaderData<typeof loader>();
  const langOf = useLangOf();
  const t = useT();
  const hydrated = useHydrated();
  return (
    <article className="mx-auto max-w-3xl print:max-w-none">
      <PageHeader
        eyebrow={
          <Link
            to={`/learn/${requirement.slug}`}
            lang={langOf(sourceLanguage)}
            className="underline underline-offset-4 print:no-underline"
          >
            {requirement.title}
          </Link>
        }
        title={title}
        lang={langOf(language)}
        lead={t("Edition {{version}}. Reading it here is no progress: answer the questions in the lessons.", {
          version,
        })}
      />
      {hydrated ? (
        <Button type="button" look="secondary" className="mb-8 print:hidden" onClick={() => window.print()}>
          {t("Print")}
        </Button>
      ) : null}
      {lessons.map((lesson, i) => {
        const firstText = lesson.parts.findIndex((part) => part.kind === "text");
        return (
          <section key={lesson.id} className={i > 0 ? "mt-12 break-before-page" : ""}>
            <h2 lang={langOf(lesson.language)} className="text-2xl">
              {i + 1}. {lesson.title}
            </h2>
            <div className="mt-4 space-y-6">
              {lesson.parts.map((part, k) =>
                part.kind === "text" ? (
                  <div key={k} lang={langOf(lesson.language)}>
                    <div className="prose prose-lesson" dangerouslySetInnerHTML={{ __html: part.html }} />
                    {k === firstText && lesson.figure ? <Figure svg={lesson.figure} /> : null}
                  </div>
                ) : part.kind === "tomorrow" ? (
                  <p key={k} className="border-accent border-l-4 pl-4">
                    <span className="block text-sm font-semibold">{t("One thing to do tomorrow")}</span>
                    <span lang={langOf(lesson.language)}>{part.text}</span>
                  </p>
                ) : (
                  <PaperQuestion key={k} item={part.item} lang={langOf(lesson.language)} />
                ),
              )}
            </div>
          </section>
        );
      })}
    </article>
  );
}

/** A question to think about on paper. */
function PaperQuestion({ item, lang }: { item: PresentedItem; lang: string | undefined }) {
  const t = useT();
  return (
    <div className="border-line break-inside-avoid rounded-xl border p-4">
      <p className="text-muted text-sm font-semibold">{t("Check yourself")}</p>
      <p lang={lang} className="mt-1 font-semibold whitespace-pre-line">
        {item.stem}
      </p>
      {choicesOf(item, t).map((choices, i) => (
        <ul key={i} lang={lang} className="mt-2 space-y-1">
          {choices.map((choice) => (
            <li key={choice} className="flex gap-2">
              <span aria-hidden="true">☐</span> {choice}
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}

function choicesOf(item: PresentedItem, t: Translate): string[][] {
  const texts = (list: readonly { text: string }[]): string[] => list.map((one) => one.text);
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return [texts(item.options)];
    case "true_false":
      return [[t("True"), t("False")]];
    case "mark_up":
      return [texts(item.passages)];
    case "ordering":
      return [texts(item.elements)];
    case "matching":
      return [texts(item.left), texts(item.right)];
    case "scenario":
      return item.steps.map((step) => [step.stem, ...texts(step.options)]);
    default:
      return [];
  }
}
