import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** After a step the reader is where it led, which the fragment of the address names, with the focus there too. */
export function useAnchorFocus(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.focus({ preventScroll: true });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- a step may lead to where one was
  }, [hash, key]);
}
