import { useRevalidator } from "@remix-run/react";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type Draft, draftsOf, dropDraft, keepDraft } from "#app/components/item/draft.ts";
import { givenFrom } from "#app/components/item/given.ts";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import type { AnswerOutcome } from "../_app.attempts.$attemptId_.answers.ts";

export type SaveState =
  | "idle"
  | "saving"
  | "saved"
  | "empty"
  | "unanswered"
  | "kept"
  | "incomplete"
  | "stale"
  | "closed"
  | "signed_out";

/** What is saved for an item by another tab or device. */
export type Conflict = { given: GivenResponse; revision: number };

/** An answer with how sure its author is of it. */
type Answered = Pick<Draft, "given" | "confidence">;

type Outcome = AnswerOutcome | { outcome: "unreachable" | "signed_out" };

/** How long to wait for a further change before saving, and before trying again when no answer came; milliseconds. */
const pause = 400;
const again = 10_000;

/** Sends a draft. It survives leaving the page; what no answer of ours came for counts as unreachable. */
export async function sendDraft(attemptId: string, position: number, draft: Draft): Promise<Outcome> {
  const body = new URLSearchParams({
    position: String(position),
    revision: String(draft.revision),
    given: JSON.stringify(draft.given),
    confidence: draft.confidence ?? "",
  });
  try {
    const response = await fetch(`/attempts/${attemptId}/answers`, {
      method: "POST",
      body,
      keepalive: true,
      redirect: "manual",
    });
    if (response.type === "opaqueredirect") return { outcome: "signed_out" };
    if (response.status === 404) return { outcome: "closed" };
    if (![200, 409, 422].includes(response.status)) return { outcome: "unreachable" };
    return (await response.json()) as AnswerOutcome;
  } catch {
    return { outcome: "unreachable" };
  }
}

/**
 * Saves the answer of a form shortly after each change, one request at a time. A copy stays on this device until the
 * server has it, and is sent again when the page is opened anew or the connection is back.
 */
export function useAutosave(input: {
  attemptId: string;
  position: number;
  item: PresentedItem;
  revision: number;
  form: RefObject<HTMLFormElement>;
  revisionField: RefObject<HTMLInputElement>;
  onSaved: (given: GivenResponse | null) => void;
}) {
  const { attemptId, position, item, revision, form, revisionField, onSaved } = input;
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<SaveState>("idle");
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [mine, setMine] = useState<GivenResponse | null>(null);
  /** The revision that the fields here are an edit of. */
  const base = useRef(revision);
  const halted = useRef(false);
  const unsent = useRef<Answered | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const running = useRef<Promise<void>>(Promise.resolve());

  const send = useCallback(
    async ({ given, confidence }: Answered): Promise<Outcome> => {
      setState("saving");
      const answer = await sendDraft(attemptId, position, { given, confidence, revision: base.current });
      if ((answer.outcome === "saved" || answer.outcome === "stale") && revisionField.current)
        revisionField.current.value = String(answer.revision);
      if (answer.outcome === "saved") {
        base.current = answer.revision;
        onSaved(given);
      }
      if (answer.outcome === "stale") {
        // Nothing more is sent by itself until its author has chosen.
        halted.current = true;
        unsent.current = null;
        clearTimeout(timer.current);
        setConflict({ given: answer.given, revision: answer.revision });
      } else if (
        unsent.current === null &&
        answer.outcome !== "unreachable" &&
        answer.outcome !== "signed_out"
      ) {
        dropDraft(attemptId, position);
      }
      setState(stateAfter(answer, given));
      return answer;
    },
    [attemptId, position, revisionField, onSaved],
  );

  /** Sends what is unsent, after what is on its way. */
  const flush = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    running.current = running.current.then(async () => {
      const answered = unsent.current;
      if (answered === null) return;
      unsent.current = null;
      const { outcome } = await send(answered);
      if ((outcome === "unreachable" || outcome === "signed_out") && unsent.current === null) {
        unsent.current = answered;
        timer.current = setTimeout(() => void flush(), again);
      }
    });
    return running.current;
  }, [send]);

  const edited = useCallback((): void => {
    // The fields first take in what the change leads to.
    setTimeout(() => {
      if (!form.current) return;
      const fields = new FormData(form.current);
      const given = givenFrom(fields, item);
      const sure = fields.get("confidence");
      const answered = { given, confidence: typeof sure === "string" ? sure : null };
      keepDraft(attemptId, position, { ...answered, revision: base.current });
      if (halted.current) return;
      unsent.current = answered;
      setState("saving");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), pause);
    }, 0);
  }, [attemptId, position, item, form, flush]);

  useEffect(() => {
    const draft = draftsOf(attemptId).get(position);
    if (draft) {
      base.current = draft.revision;
      void send(draft).then((answer) => {
        if (answer.outcome === "saved") revalidate();
        else if (answer.outcome !== "closed" && answer.outcome !== "unreadable") setMine(draft.given ?? []);
      });
    }
    const now = (): void => void flush();
    window.addEventListener("online", now);
    window.addEventListener("pagehide", now);
    return () => {
      window.removeEventListener("online", now);
      window.removeEventListener("pagehide", now);
      now();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once per item shown
  }, []);

  /** Whether something is unsent or on its way. */
  const pending = (): boolean => unsent.current !== null || state === "saving";
  return { state, conflict, mine, edited, flush, pending, halted: () => halted.current };
}

function stateAfter(answer: Outcome, given: GivenResponse | null): SaveState {
  const { outcome } = answer;
  if (outcome === "saved" && given === null) return answer.revision === 0 ? "unanswered" : "empty";
  if (outcome === "unreachable") return "kept";
  return outcome === "unreadable" ? "incomplete" : outcome;
}

/**
 * Sends what this device kept of an attempt's other items. Answers the positions still waiting for a connection, and
 * those where something else was saved meanwhile.
 */
export function useResend(attemptId: string, except: number | null) {
  const { revalidate } = useRevalidator();
  const [left, setLeft] = useState<{ waiting: number[]; conflicts: number[] }>({
    waiting: [],
    conflicts: [],
  });
  useEffect(() => {
    let shown = true;
    const run = async (): Promise<void> => {
      const now = { waiting: [] as number[], conflicts: [] as number[] };
      let saved = false;
      for (const [position, draft] of draftsOf(attemptId)) {
        if (position === except) continue;
        const { outcome } = await sendDraft(attemptId, position, draft);
        if (outcome === "unreachable" || outcome === "signed_out") now.waiting.push(position);
        else if (outcome === "stale") now.conflicts.push(position);
        else dropDraft(attemptId, position);
        saved ||= outcome === "saved";
      }
      if (!shown) return;
      setLeft(now);
      if (saved) revalidate();
    };
    const start = (): void => void run();
    start();
    const timer = setInterval(start, again);
    window.addEventListener("online", start);
    return () => {
      shown = false;
      clearInterval(timer);
      window.removeEventListener("online", start);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- two rules disagree on `revalidate`, which never changes
  }, [attemptId, except, revalidate]);
  return left;
}
