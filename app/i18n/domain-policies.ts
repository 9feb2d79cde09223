import { msg } from "./translate.ts";

// Texts of the domain that the pages about policies, certificates and privacy show, as the domain has them.

/** How it stands with an acknowledgement. */
export const acknowledgementTexts = [msg("Acknowledged"), msg("Not yet"), msg("Overdue")];
