import type { Intent } from "./fields.ts";

/** Where a form is on the page. */
export const placeOf = (intent: Intent, id: string): string => `${intent}-${id}`;
