import { Form, useActionData, useNavigation, useSearchParams } from "@remix-run/react";
import { AnsweredElsewhere } from "#app/components/answered-elsewhere.tsx";
import { singleTexts } from "#app/components/form-text.ts";
import { AnswerFields } from "#app/components/item/answer-fields.tsx";
import { LessonText, Question as QuestionCard, Tomorrow } from "#app/components/lesson-part.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import type { LessonPartView } from "#app/domain/competence/lesson.server.ts";
import type { Language } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { clientAction } from "./route.tsx";

/** One part of a lesson: something to read, a question to answer, or one thing to do tomorrow. */
export function LessonPart({
  part,
  language,
  figure,
  index,
  total,
}: {
  part: LessonPartView;
  /** The one the lesson is shown in. */
  language: Language;
  /** SVG that explains the text. */
  figure: string | null;
  index: number;
  /** Parts of the lesson. */
  total: number;
}) {
  const t = useT();
  const lang = useLangOf()(language);
  const id = `part-${index}`;
  const here = t("Part {{number}} of {{total}}", { number: index + 1, total });
  return (
    // Named, so that whoever is led here by a step hears where that is, and of a question what came of it.
    <section
      id={id}
      role="group"
      tabIndex={-1}
      {...(part.kind === "question" ? { "aria-labelledby": `${id}-title` } : { "aria-label": here })}
      className="scroll-mt-16 outline-none"
    >
      {part.kind === "text" ? (
        <LessonText html={part.html} figure={figure} lang={lang} />
      ) : part.kind === "tomorrow" ? (
        <Tomorrow text={part.text} lang={lang} />
      ) : (
        <Question part={part} language={language} index={index} titleId={`${id}-title`} />
      )}
      {part.kind !== "question" && !part.taken ? (
        <Step index={index}>{t(index === total - 1 ? "Finish the lesson" : "Continue")}</Step>
      ) : null}
    </section>
  );
}

function Question({
  part,
  language,
  index,
  titleId,
}: {
  part: Extract<LessonPartView, { kind: "question" }>;
  language: Language;
  index: number;
  titleId: string;
}) {
  const t = useT();
  const state = useActionData<typeof clientAction>();
  const refusal = state && "errors" in state ? state : null;
  const [search] = useSearchParams();
  return (
    <QuestionCard
      explained={part.explained}
      language={language}
      titleId={titleId}
      before={search.get("elsewhere") === String(index) ? <AnsweredElsewhere /> : null}
    >
      <Form method="post" preventScrollReset>
        <AnswerFields
          item={part.item}
          language={language}
          given={part.given}
          sent={refusal ? singleTexts(refusal) : undefined}
          error={refusal?.errors[`part-${index}`]}
        />
        <input type="hidden" name="part" value={index} />
        <Send index={index}>{t("Check my answer")}</Send>
      </Form>
    </QuestionCard>
  );
}

function Step({ index, children }: { index: number; children: string }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="part" value={index} />
      <Send index={index}>{children}</Send>
    </Form>
  );
}

/** The button of a step, which tells when the step could not be sent. */
function Send({ index, children }: { index: number; children: string }) {
  const t = useT();
  const state = useActionData<typeof clientAction>();
  const navigation = useNavigation();
  const busy = navigation.formData?.get("part") === String(index);
  return (
    <div className="mt-6 space-y-4">
      <Button disabled={busy}>{busy ? t("Saving…") : children}</Button>
      {state && "unreachable" in state ? (
        <Notice tone="warn" role="alert" title={t("Not saved yet")}>
          {t(
            "The server does not answer. Check your connection and press the button again; everything before is saved.",
          )}
        </Notice>
      ) : null}
      {state && "message" in state && state.message ? (
        <Notice tone="bad" role="alert">
          {state.message}
        </Notice>
      ) : null}
    </div>
  );
}
