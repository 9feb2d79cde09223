import { Form, useNavigation } from "@remix-run/react";
import { useRef, useState } from "react";
import { useHydrated } from "#app/components/hydrated.ts";
import { Button } from "#app/components/ui/button.tsx";
import { answerText } from "#app/domain/assistant/answer-text.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { QuestionView } from "./route.tsx";

/** What one can keep of an answer: its text, a print, and word when it changes. */
export function Keep({ view }: { view: QuestionView }) {
  return (
    <div className="space-y-2 print:hidden">
      {view.viewer === "asker" ? <Watch view={view} /> : null}
      <Copy text={answerText(view)} language={view.language} />
    </div>
  );
}

function Watch({ view }: { view: QuestionView }) {
  const t = useT();
  const busy = useNavigation().state !== "idle";
  return (
    <Form
      method="post"
      preventScrollReset
      className="border-line flex flex-wrap items-center justify-between gap-3 border-b pb-4"
    >
      <input type="hidden" name="intent" value="watch" />
      <input type="hidden" name="watched" value={view.watched ? "no" : "yes"} />
      <p className="text-muted text-sm">
        {view.watched
          ? t("You are told when policies, the register or the law change this answer.")
          : t("You are not told when this answer changes.")}
      </p>
      <Button look="secondary" disabled={busy}>
        {view.watched ? t("Do not tell me") : t("Tell me when this changes")}
      </Button>
    </Form>
  );
}

type Copied = "no" | "yes" | "failed";

/** Copies with a click where the browser lets a page do so; the text to select by hand is there in any case. */
function Copy({ text, language }: { text: string; language: QuestionView["language"] }) {
  const t = useT();
  const hydrated = useHydrated();
  const [copied, setCopied] = useState<Copied>("no");
  const box = useRef<HTMLDetailsElement>(null);
  const copy = async (): Promise<void> => {
    const done = await toClipboard(text);
    setCopied(done ? "yes" : "failed");
    if (done || !box.current) return;
    box.current.open = true;
    box.current.querySelector("textarea")?.select();
  };
  return (
    <div>
      {hydrated ? (
        <div className="flex flex-wrap items-center gap-3 pt-2">
          <Button type="button" look="secondary" onClick={() => void copy()}>
            {t("Copy the answer")}
          </Button>
          <Button type="button" look="secondary" onClick={() => window.print()}>
            {t("Print")}
          </Button>
          <p role="status" className="text-muted text-sm">
            {copied === "yes"
              ? t("Copied.")
              : copied === "failed"
                ? t("The browser did not let the page copy. The text below is selected: copy it from there.")
                : ""}
          </p>
        </div>
      ) : null}
      <details ref={box} className="mt-2">
        <summary className="text-accent w-fit cursor-pointer py-3 text-sm font-semibold">
          {t("The answer as plain text")}
        </summary>
        <label htmlFor="plain" className="sr-only">
          {t("The answer as plain text")}
        </label>
        <textarea
          id="plain"
          lang={language}
          readOnly
          rows={10}
          value={text}
          className="bg-sunken border-line mt-2 w-full rounded-lg border px-3 py-2 text-sm"
        />
      </details>
    </div>
  );
}

/** Whether the text is on the clipboard; no browser has to offer one, or let a page write to it. */
async function toClipboard(text: string): Promise<boolean> {
  if (!("clipboard" in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
