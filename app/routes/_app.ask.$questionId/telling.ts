/** How far the wording of a verdict has come: `shown` is what the reader sees of it. */
export type Telling = { shown: string; state: "waiting" | "telling" | "done" | "stopped" | "failed" };

export type TellingEvent =
  | { kind: "text"; text: string }
  | { kind: "done" }
  /** Takes back what was shown: a wording that broke off, or did not keep to the verdict, is none. */
  | { kind: "failed" }
  /** The reader has had enough; what is shown stays. */
  | { kind: "stopped" }
  | { kind: "again" };

/** The wording after an event. What arrives after the end, whichever end it was, changes nothing any more. */
export function told(before: Telling, event: TellingEvent): Telling {
  if (event.kind === "again") return { shown: "", state: "waiting" };
  if (!isOpen(before)) return before;
  switch (event.kind) {
    case "text":
      return { shown: before.shown + event.text, state: "telling" };
    case "done":
    case "stopped":
      return { ...before, state: event.kind };
    case "failed":
      return { shown: "", state: "failed" };
  }
}

/** Whether more may come. */
export function isOpen({ state }: Telling): boolean {
  return state === "waiting" || state === "telling";
}
