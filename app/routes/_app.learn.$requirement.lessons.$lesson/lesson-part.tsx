import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { AnswerFields } from "#app/components/item/answer-fields.tsx";
import { ExplainedItemView, ItemOutcome } from "#app/components/item/explained-item.tsx";
import { Figure } from "#app/components/figure.tsx";
import { policyName } from "#app/components/policy-name.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice } from "#app/components/ui/surface.tsx";
import type { LessonPartView } from "#app/domain/competence/lesson.server.ts";
import { type Language, sourceLanguage } from "#app/domain/content/language.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { clientAction } from "./route.tsx";

/** One part of a lesson: something to read, a question to answer, or one thing to do tomorrow. */
export function LessonPart({
  part,
  language,
  figure,
  index,
  last,
}: {
  part: LessonPartView;
  /** The one the lesson is shown in. */
  language: Language;
  /** SVG that explains the text. */
  figure: string | null;
  index: number;
  last: boolean;
}) {
  const t = useT();
  const lang = useLangOf()(language);
  return (
    <section id={`part-${index}`} tabIndex={-1} className="scroll-mt-16 outline-none">
      {part.kind === "text" ? (
        <div lang={lang}>
          <div className="prose prose-lesson" dangerouslySetInnerHTML={{ __html: part.html }} />
          {figure ? <Figure svg={figure} /> : null}
        </div>
      ) : part.kind === "tomorrow" ? (
        <div className="bg-accent-soft text-accent-ink rounded-2xl p-5 sm:p-6">
          <h2 className="flex items-center gap-2 text-lg">
            <Glyph name="sun" className="size-5" /> {t("One thing to do tomorrow")}
          </h2>
          <p lang={lang} className="mt-2 max-w-[65ch] text-pretty whitespace-pre-line">
            {part.text}
          </p>
        </div>
      ) : (
        <Question part={part} language={language} index={index} />
      )}
      {part.kind !== "question" && !part.taken ? (
        <Step index={index}>{t(last ? "Finish the lesson" : "Continue")}</Step>
      ) : null}
    </section>
  );
}

function Question({
  part,
  language,
  index,
}: {
  part: Extract<LessonPartView, { kind: "question" }>;
  language: Language;
  index: number;
}) {
  const t = useT();
  const state = useActionData<typeof clientAction>();
  const refusal = state && "errors" in state ? state : null;
  return (
    <Card>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-muted text-sm font-semibold tracking-wide">{t("Check yourself")}</h2>
        {part.explained ? <ItemOutcome item={part.explained} /> : null}
      </div>
      {part.explained ? (
        <div role="status">
          <ExplainedItemView item={part.explained} language={language}>
            {part.explained.clause ? <Clause clause={part.explained.clause} /> : null}
          </ExplainedItemView>
        </div>
      ) : (
        <Form method="post" preventScrollReset>
          <AnswerFields
            item={part.item}
            language={language}
            given={part.given}
            sent={refusal ? textsOf(refusal.values) : undefined}
            error={refusal?.errors[`part-${index}`]}
          />
          <input type="hidden" name="part" value={index} />
          <Send index={index}>{t("Check my answer")}</Send>
        </Form>
      )}
    </Card>
  );
}

function Clause({ clause }: { clause: string }) {
  const [slug, number] = clause.split("#");
  const lang = useLangOf()(sourceLanguage);
  return (
    <p className="text-sm">
      <Link to={`/policies/${slug}#c-${number}`} className="text-accent underline underline-offset-4">
        <Rich
          text="Read the clause: <clause/>"
          elements={{
            clause: (
              <span lang={lang}>
                {policyName(slug ?? "")}, {number}
              </span>
            ),
          }}
        />
      </Link>
    </p>
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

function textsOf(values: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
