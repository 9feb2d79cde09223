import { useNavigationType } from "@remix-run/react";

/**
 * The role of a notice that the address keeps: news is told once, on arriving from the form, and not again at a reload or
 * on the way back.
 */
export const useDoneRole = (): "status" | undefined => (useNavigationType() === "POP" ? undefined : "status");
