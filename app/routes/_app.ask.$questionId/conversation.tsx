import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { fieldOf } from "#app/components/form-text.ts";
import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { TextArea } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { excerpt } from "#app/domain/assistant/answer.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { action, QuestionView } from "./route.tsx";

/** The turns of the conversation, oldest first; the one shown on this page in full. */
export function Turns({ view }: { view: QuestionView }) {
  const t = useT();
  if (view.thread.length < 2) return <LongText text={view.said} language={view.language} />;
  return (
    <ol className="max-w-3xl space-y-3" aria-label={t("Conversation")}>
      {view.thread.map((turn) =>
        turn.id === view.id ? (
          <li key={turn.id} aria-current="true" className="border-accent border-l-4 pl-4">
            <LongText text={view.said} language={view.language} />
          </li>
        ) : (
          <li
            key={turn.id}
            className="border-line flex flex-wrap items-start gap-x-3 gap-y-1 border-l-4 pl-4"
          >
            <OutcomeBadge outcome={turn.outcome} />
            <Link
              to={`/ask/${turn.id}`}
              lang={view.language}
              className="line-clamp-2 min-w-0 basis-64 grow underline underline-offset-4 wrap-anywhere"
            >
              {turn.text}
            </Link>
          </li>
        ),
      )}
    </ol>
  );
}

/** Characters of a question that are shown at once. */
const shownAtOnce = 700;

/** A question in the asker's words; a pasted document is opened by a click. */
function LongText({ text, language }: { text: string; language: QuestionView["language"] }) {
  const t = useT();
  const number = useNumber();
  const words = "max-w-3xl text-lg text-pretty whitespace-pre-line wrap-anywhere";
  if (text.length <= shownAtOnce)
    return (
      <blockquote lang={language} className={words}>
        {text}
      </blockquote>
    );
  return (
    <div className="group">
      <blockquote lang={language} className={`${words} group-has-[details[open]]:hidden`}>
        {excerpt(text, shownAtOnce)}
      </blockquote>
      <details className="mt-1">
        <summary className="text-accent flex min-h-11 cursor-pointer items-center text-sm font-semibold">
          {t("Show all {{characters}} characters", { characters: number(text.length) })}
        </summary>
        <blockquote lang={language} className={words}>
          {text}
        </blockquote>
      </details>
    </div>
  );
}

/** A further message in the conversation, with what was said before in mind. */
export function FollowUp({ view }: { view: QuestionView }) {
  const t = useT();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  if (view.viewer !== "asker" || view.newestId !== view.id) return null;
  return (
    <Card as="section" className="print:hidden">
      <Form method="post" className="space-y-4" noValidate>
        <input type="hidden" name="intent" value="follow-up" />
        <TextArea
          id="follow-up"
          label={t("Ask a follow-up")}
          {...fieldOf(state, "text")}
          rows={3}
          required
          hint={t("Say what is different, or what else you want to do. What was found so far still counts.")}
        />
        <Button look="secondary" disabled={busy}>
          {busy ? t("Looking it up…") : t("Ask")}
        </Button>
      </Form>
    </Card>
  );
}
