import { useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * Moves the focus to the heading of a page that was reached from within the product. A browser does so by itself only for
 * pages it loads; without it the focus falls to the top, and a screen reader does not tell that anything has changed.
 * It goes also where what had the focus is still there, such as the link to the next of a kind. An address with a fragment
 * keeps its own.
 */
export function useHeadingFocus(): void {
  const { pathname, hash } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const main = document.querySelector("main");
    if (!main || hash !== "") return;
    const heading = main.querySelector<HTMLElement>("h1") ?? main;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, [pathname, hash]);
}
