import { useEffect, useState } from "react";
import type { QuestionView } from "./route.tsx";

type Told = { text: string; state: "waiting" | "done" | "failed" };

/** The same verdict in a model's words: stored ones at once, new ones as they arrive. Without scripts there are none. */
export function Wording({ view }: { view: QuestionView }) {
  const [told, setTold] = useState<Told>({ text: view.phrased ?? "", state: "waiting" });
  const { id, wording } = view;
  useEffect(() => {
    if (!wording) return;
    const source = new EventSource(`/ask/${id}/phrase`);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as { kind: "text"; text: string } | { kind: "done" | "failed" };
      if (event.kind !== "text") source.close();
      setTold((t) =>
        event.kind === "text" ? { ...t, text: t.text + event.text } : { ...t, state: event.kind },
      );
    });
    source.addEventListener("error", () => {
      source.close();
      setTold((t) => (t.state === "waiting" ? { ...t, state: "failed" } : t));
    });
    return () => source.close();
  }, [id, wording]);

  const failed = told.state === "failed" || view.answer.reading?.failed === true;
  if (told.text === "" && !wording && !failed) return null;
  return (
    <div className="border-accent mt-6 border-l-4 pl-4" aria-live="polite">
      {told.text !== "" && told.state !== "failed" ? (
        <>
          <p className="text-pretty whitespace-pre-line">{told.text}</p>
          <p className="text-muted mt-2 text-sm">Worded by {view.model}. The verdict comes from the rules.</p>
        </>
      ) : failed ? (
        <p className="text-muted text-sm">
          The language model could not be used for this answer. The answer is complete without it.
        </p>
      ) : (
        <p className="text-muted text-sm">{view.model} is putting it into words …</p>
      )}
    </div>
  );
}
