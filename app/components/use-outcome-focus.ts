import { useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Of the bar that stays above the page, in pixels. */
const headerHeight = 80;

/**
 * Moves the focus to what came of a form that was sent and stays on its page: the first fault in the order of the page,
 * else, where the focus was lost with its button, the message. Without it a fault above or below the window goes unseen, and
 * unheard.
 */
export function useOutcomeFocus(): void {
  const { state, formMethod } = useNavigation();
  const sentFrom = useRef<string | null>(null);
  useEffect(() => {
    if (state !== "idle") {
      if (formMethod && formMethod !== "GET") sentFrom.current ??= window.location.pathname;
      return;
    }
    const from = sentFrom.current;
    sentFrom.current = null;
    if (from === null || from !== window.location.pathname || window.location.hash !== "") return;
    const main = document.querySelector("main");
    const lost = document.activeElement === null || document.activeElement === document.body;
    const found =
      main?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]') ??
      (lost ? main?.querySelector<HTMLElement>('[role="status"], h1') : null);
    if (!found) return;
    if (found.tabIndex < 0) found.tabIndex = -1;
    found.focus({ preventScroll: true });
    const { top, bottom } = found.getBoundingClientRect();
    if (top < headerHeight || bottom > window.innerHeight) found.scrollIntoView({ block: "center" });
  }, [state, formMethod]);
}
