import { useEffect, useReducer } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { modelFailureNotes } from "#app/domain/assistant/model-failure.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";
import type { QuestionView } from "./route.tsx";
import { isOpen, type Telling, told, type TellingEvent } from "./telling.ts";

/** The same verdict in a model's words: stored ones at once, new ones as they arrive. Without scripts there are none. */
export function Wording({ view }: { view: QuestionView }) {
  const t = useT();
  const page = useLanguage();
  if (view.phrased !== null)
    return (
      <div className="border-accent mt-6 border-l-4 pl-4">
        <p className="text-pretty whitespace-pre-line">{view.phrased}</p>
        <Source view={view} />
      </div>
    );
  if (view.wording) return <NewWording view={view} />;
  const unread = view.answer.reading?.failed ?? null;
  if (!unread) return null;
  return (
    <p className="border-accent text-muted mt-6 border-l-4 pl-4 text-sm">
      <span lang={page}>{t(modelFailureNotes[unread])}</span> {answerWords[view.language].wording.unread}
    </p>
  );
}

/** As it arrives, with ways to stop it and to try again. It is read out once it is complete, not piece by piece. */
function NewWording({ view }: { view: QuestionView }) {
  const { id } = view;
  const { buttons } = answerWords[view.language];
  const [telling, tell] = useReducer(told, { shown: "", state: "waiting" });
  const open = isOpen(telling);
  useEffect(() => (open ? listen(`/ask/${id}/phrase`, tell) : undefined), [id, open]);
  const press = (): void => tell({ kind: open ? "stopped" : "again" });
  return (
    <div className="border-accent mt-6 border-l-4 pl-4">
      <div aria-live="polite" aria-busy={open}>
        {telling.shown === "" ? null : <p className="text-pretty whitespace-pre-line">{telling.shown}</p>}
        {telling.state === "done" ? <Source view={view} /> : null}
        <Standing telling={telling} view={view} />
      </div>
      {telling.state === "done" ? null : (
        <Button type="button" look="secondary" className="mt-3 print:hidden" onClick={press}>
          {open ? buttons.stop : buttons.again}
        </Button>
      )}
    </div>
  );
}

function Source({ view: { model, language } }: { view: QuestionView }) {
  const { source } = answerWords[language].wording;
  return <p className="text-muted mt-2 text-sm">{fill(source, { model: model ?? "" })}</p>;
}

function Standing({ telling, view: { model, language } }: { telling: Telling; view: QuestionView }) {
  const said = answerWords[language].wording;
  const words = {
    waiting: fill(said.waiting, { model: model ?? "" }),
    telling: "",
    done: "",
    stopped: telling.shown === "" ? said.stoppedEarly : said.stopped,
    failed: said.failed,
  }[telling.state];
  return words === "" ? null : <p className="text-muted mt-2 text-sm">{words}</p>;
}

/** Hands on what the server sends; the answer ends the connection, and with it the model's work. */
function listen(address: string, tell: (event: TellingEvent) => void): () => void {
  const source = new EventSource(address);
  source.addEventListener("message", ({ data }: MessageEvent<string>) =>
    tell(JSON.parse(data) as TellingEvent),
  );
  // Also when the server has no wording: it would otherwise be asked for again and again.
  source.addEventListener("error", () => tell({ kind: "failed" }));
  return () => source.close();
}
