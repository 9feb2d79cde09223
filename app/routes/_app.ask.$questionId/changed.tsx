import { Form, Link, useNavigation } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { useWords } from "#app/components/words.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { QuestionView } from "./route.tsx";

/** That the answer would be another today, why, and the way to the answer of today. */
export function Changed({ view }: { view: QuestionView }) {
  const t = useT();
  const { outcomes } = useWords();
  const busy = useNavigation().state !== "idle";
  const { notice } = view;
  if (!notice || view.newestId !== view.id) return null;
  return (
    <section
      aria-labelledby="changed"
      className="bg-warn-soft text-warn-ink mt-4 space-y-3 rounded-2xl px-5 py-4"
    >
      <h2 id="changed" className="text-lg">
        {notice.after === view.verdict.outcome
          ? t("What this answer rests on has changed")
          : t("This answer has changed: {{outcome}}", { outcome: outcomes[notice.after] })}
      </h2>
      <ul className="list-disc space-y-1 pl-5">
        {notice.changes.map((change) => (
          <li key={change} lang={view.language} className="text-pretty">
            {change}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-4 print:hidden">
        {view.viewer === "asker" ? (
          <Form method="post">
            <input type="hidden" name="intent" value="judge-again" />
            <Button disabled={busy}>{busy ? t("Judging…") : t("Judge again")}</Button>
          </Form>
        ) : null}
        <p className="text-sm">
          <Rich
            text="Noticed on <day/>. What stands below is the answer as it was given."
            elements={{ day: <Day at={notice.at.toISOString()} /> }}
          />
        </p>
      </div>
    </section>
  );
}

/** How a colleague came to see the answer, and that it does not answer for them. */
export function SharedBy({ view }: { view: QuestionView }) {
  const t = useT();
  if (view.viewer === "asker") return null;
  return (
    <div className="bg-info-soft text-info-ink mt-4 rounded-xl px-4 py-3 text-sm">
      <p className="font-semibold">{t("Shared by {{name}}", { name: view.asker })}</p>
      <p className="mt-1">
        <Rich
          text="It was judged for {{name}} and their groups. For a use of your own, <ask>ask yourself</ask>."
          values={{ name: view.asker }}
          elements={{ ask: <Link to="/ask" className="underline underline-offset-4" /> }}
        />
      </p>
    </div>
  );
}
