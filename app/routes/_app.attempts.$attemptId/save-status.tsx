import { Link } from "@remix-run/react";
import { dropDraft } from "#app/components/item/draft.ts";
import { describeGiven } from "#app/components/item/given.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import type { Conflict, SaveState } from "./autosave.ts";
import type { Entry } from "./question.tsx";

const statusWords: Record<SaveState, string> = {
  idle: "",
  saving: msg("Saving…"),
  saved: msg("Saved"),
  unanswered: msg("Not answered yet"),
  empty: msg("Saved without an answer"),
  kept: msg("Offline – kept on this device"),
  incomplete: msg("Not saved: answer it in full first"),
  stale: msg("Not saved: choose an answer above"),
  closed: msg("Not saved: the attempt is closed"),
  signed_out: msg("You are signed out – kept on this device"),
};

/** Whether the answer shown is on the server, said politely. */
export function SaveStatus({ state, saved }: { state: SaveState; saved: boolean }) {
  const t = useT();
  const words = state === "idle" && saved ? statusWords.saved : statusWords[state];
  // That it is being saved is for the eye; who listens hears only what came of it.
  const saving = state === "saving";
  return (
    <p className="text-muted ml-auto text-sm">
      {saving ? <span aria-hidden="true">{t(words)}</span> : null}
      <span role="status">{saving || !words ? "" : t(words)}</span>
    </p>
  );
}

/** Another tab or device has saved another answer meanwhile: shows it and leaves the choice to the learner. */
export function Differs({
  attemptId,
  entry,
  conflict,
}: {
  attemptId: string;
  entry: Entry;
  conflict: Conflict;
}) {
  const t = useT();
  const lang = useLangOf()(entry.language);
  const lines = isNothing(conflict.given) ? [] : describeGiven(entry.item, conflict.given, t);
  return (
    <div className="mb-6">
      <Notice tone="warn" role="alert" title={t("Another answer was saved meanwhile")}>
        <p>{t("In another tab or on another device this was saved:")}</p>
        {lines.length > 0 ? (
          <ul lang={lang} className="my-2 list-disc pl-5 font-medium">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p className="my-2 font-medium">{t("No answer")}</p>
        )}
        <p>{t("What you see below is your answer here. Which one counts?")}</p>
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button name="go" value="stay">
            {t("Keep my answer")}
          </Button>
          <Link
            to={`/attempts/${attemptId}?q=${entry.position + 1}`}
            onClick={() => dropDraft(attemptId, entry.position)}
            className="flex min-h-11 items-center px-2 font-semibold underline underline-offset-4"
          >
            {t("Use the other one")}
          </Link>
        </div>
      </Notice>
    </div>
  );
}

/** Whether what was saved is that an answer was taken back. */
const isNothing = (given: Conflict["given"]): boolean => Array.isArray(given) && given.length === 0;
