import { msg } from "./translate.ts";

// Texts of the domain that the pages about policies, certificates and privacy show, as the domain has them.

/** How it stands with an acknowledgement. */
export const acknowledgementTexts = [msg("Acknowledged"), msg("Not yet"), msg("Overdue")];

/** What a verifier may know of a revocation. */
export const revocationTexts = [
  msg("Issued in error"),
  msg("The assessment was not taken as it must be"),
  msg("The holder no longer meets the requirements"),
  msg("Another reason"),
];
