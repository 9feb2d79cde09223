import { type KeyboardEvent, useState } from "react";
import { useHydrated } from "./hydrated.ts";

/** Where a key leads within a row of `count` controls from the one at `at`; null where it is no key of the row. */
export function keyInRow(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at + count - 1) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/**
 * Makes buttons beside each other one stop of the Tab key, with arrow keys between them (ARIA Authoring Practices, roving
 * tabindex); answers what each gets by its place. Until the page has come to life each is a stop of its own, so that none is
 * out of reach.
 */
export function useRoving(count: number, first: number) {
  const live = useHydrated();
  const [stop, setStop] = useState(Math.max(0, first));
  return (at: number) => ({
    tabIndex: live && at !== stop ? -1 : undefined,
    onFocus: () => setStop(at),
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>): void => {
      const to = keyInRow(event.key, at, count);
      if (to === null || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.currentTarget.parentElement?.querySelectorAll("button")[to]?.focus();
    },
  });
}
