import { useBlocker } from "@remix-run/react";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useT } from "#app/i18n/use-t.tsx";
import type { SaveAnswer } from "./view.server.ts";

export type SaveState = "idle" | "changed" | "saving" | SaveAnswer["outcome"] | "unreachable" | "signed_out";

/** How long to wait for a further change before saving, and before trying again when no answer came; milliseconds. */
const pause = 1200;
const again = 8000;

type Answer = SaveAnswer | { outcome: "unreachable" } | { outcome: "signed_out" };

async function send(path: string, body: FormData): Promise<Answer> {
  try {
    const response = await fetch(path, { method: "POST", body, redirect: "manual" });
    if (response.type === "opaqueredirect") return { outcome: "signed_out" };
    if (![200, 409, 422].includes(response.status)) return { outcome: "unreachable" };
    return (await response.json()) as SaveAnswer;
  } catch {
    return { outcome: "unreachable" };
  }
}

/**
 * Saves a form shortly after each change, one request at a time, and tells what came of it. When somebody else has saved
 * there meanwhile, nothing more is sent until its author has chosen; what is refused is sent again when it has changed.
 * Leaving the page waits for the save, and asks when there is none. `refusal`: the
 * answer to the button, where it was one; `stale`: because somebody else has saved there.
 */
export function useAutosave(input: {
  formRef: RefObject<HTMLFormElement>;
  path: string;
  enabled: boolean;
  refusal: object | null;
  stale: boolean;
}) {
  const { formRef, path, enabled, refusal, stale } = input;
  const t = useT();
  const unsaved = t("Your last change is not saved. Leave the page without it?");
  const [state, setState] = useState<SaveState>("idle");
  const [answer, setAnswer] = useState<SaveAnswer | null>(null);
  /** Stands for what is stored now; null: what the page was loaded with. */
  const [seen, setSeen] = useState<string | null>(null);
  const dirty = useRef(false);
  const halted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const running = useRef<Promise<void> | null>(null);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      (dirty.current || running.current !== null) && currentLocation.pathname !== nextLocation.pathname,
  );

  const save = useCallback(
    async function trySave(over?: string): Promise<void> {
      clearTimeout(timer.current);
      await running.current;
      if (!formRef.current || halted.current || !dirty.current) return;
      const body = new FormData(formRef.current);
      if (over !== undefined) body.set("seen", over);
      dirty.current = false;
      setState("saving");
      const sent = send(path, body);
      running.current = sent.then(() => undefined);
      const got = await sent;
      running.current = null;
      if (got.outcome === "unreachable" || got.outcome === "signed_out") {
        dirty.current = true;
        timer.current = setTimeout(() => void trySave(), again);
      } else {
        setAnswer(got);
        if (got.outcome !== "refused") setSeen(got.seen);
        halted.current = got.outcome === "stale";
        if (got.outcome !== "saved") dirty.current = true;
      }
      setState(got.outcome === "saved" && dirty.current ? "changed" : got.outcome);
    },
    [formRef, path],
  );

  const edited = useCallback((): void => {
    if (!enabled) return;
    dirty.current = true;
    if (halted.current) return;
    setState("changed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), pause);
  }, [enabled, save]);

  // What the button sent and was refused stands on the page alone.
  useEffect(() => {
    if (refusal === null) return;
    dirty.current = true;
    halted.current = stale;
  }, [refusal, stale]);

  useEffect(() => {
    if (blocker.state !== "blocked") return;
    void save().then(() => {
      if (!dirty.current) blocker.proceed();
      // oxlint-disable-next-line no-alert -- the browser asks in the same way when the whole page is left
      else if (window.confirm(unsaved)) blocker.proceed();
      else blocker.reset();
    });
  }, [blocker, save, unsaved]);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent): void => {
      if (dirty.current || running.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", leave);
    return () => {
      window.removeEventListener("beforeunload", leave);
      clearTimeout(timer.current);
    };
  }, []);

  /** Goes on with the text of the form, over what somebody else saved, which its author has now seen. */
  const keepMine = (theirs: string): void => {
    halted.current = false;
    dirty.current = true;
    void save(theirs);
  };
  /** The form goes by its button: nothing is sent by itself any more. */
  const sent = (): void => {
    clearTimeout(timer.current);
    dirty.current = false;
    halted.current = true;
    setAnswer(null);
    setSeen(null);
  };
  return { state, seen, answer, edited, keepMine, sent };
}
