import { Form, Link } from "@remix-run/react";
import { AnswerFields } from "#app/components/item/answer-fields.tsx";
import { ExplainedItemView } from "#app/components/item/explained-item.tsx";
import type { Language } from "#app/domain/content/language.ts";
import { Question } from "#app/components/lesson-part.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { PreviewQuestion } from "./preview.server.ts";
import type { PreviewPage } from "./route.tsx";

/** A question as learners get it, to be answered without being kept. Its key is hidden until it is asked for. */
export function TriedQuestion({
  page,
  question,
  language: shown,
  title,
}: {
  page: Pick<PreviewPage, "wanted" | "mayReadKeys">;
  question: PreviewQuestion;
  /** The language it is shown in. */
  language: Language;
  title?: string;
}) {
  const { wanted, mayReadKeys } = page;
  const t = useT();
  const langOf = useLangOf();
  const { show, audience, role, language, system } = wanted;
  const kept = { show, audience, role, language, ...(system === null ? {} : { system }) };
  const anchor = `question-${question.id}`;
  const address = (more: Record<string, string>) => `?${new URLSearchParams({ ...kept, ...more })}#${anchor}`;
  const link =
    "text-accent inline-flex min-h-11 items-center text-sm font-medium underline underline-offset-4";
  return (
    <section id={anchor} className="scroll-mt-24">
      <Question {...(title ? { title } : {})} explained={question.explained} language={shown}>
        <Form method="get" action={`#${anchor}`} preventScrollReset>
          {Object.entries({ ...kept, question: question.id }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {question.earlier.map(({ name, value }) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <AnswerFields item={question.item} language={shown} given={question.given} />
          {/* A branching scenario has a button for each of its decisions. */}
          {question.item.type === "branching" ? null : (
            <Button className="mt-6">{t("Check my answer")}</Button>
          )}
        </Form>
      </Question>
      <p className="mt-2 flex flex-wrap gap-x-6">
        {question.explained || question.earlier.length > 0 ? (
          <Link to={address({})} preventScrollReset className={link}>
            {t("Try again")}
          </Link>
        ) : null}
        {mayReadKeys ? (
          <Link to={address(question.key ? {} : { key: question.id })} preventScrollReset className={link}>
            {question.key ? t("Hide the key") : t("Show the key")}
          </Link>
        ) : null}
      </p>
      {question.key ? (
        <div className="border-line-strong mt-2 space-y-6 border-l-2 pl-4">
          <ExplainedItemView item={question.key.explained} language={shown} />
          <details>
            <summary className="text-muted min-h-6 cursor-pointer text-sm font-medium">
              {t("As text")}
            </summary>
            <p lang={langOf("en")} className="mt-2 text-sm whitespace-pre-wrap wrap-anywhere">
              {question.key.text}
            </p>
          </details>
        </div>
      ) : null}
    </section>
  );
}
