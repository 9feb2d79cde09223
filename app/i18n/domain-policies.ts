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

/** Kinds of data, grounds, outcomes and refusals of requests for erasure. */
export const erasureTexts = [
  msg("Name, e-mail, department, manager, sign-in and keys"),
  msg("Questions to the assistant, their answers and what was said of them"),
  msg("Answers in lessons, assessments, practices and policy checks"),
  msg("Files that prove a competence, with their names, links and remarks; what was decided stays"),
  msg("Words in cases and concerns that the person wrote"),
  msg("No longer needed (GDPR Art. 17(1)(a))"),
  msg("The person objected and nothing overrides it (GDPR Art. 17(1)(c))"),
  msg("Kept by a legal duty (GDPR Art. 17(3)(b))"),
  msg("Kept for legal claims (GDPR Art. 17(3)(e))"),
  msg("Still needed for the employment (GDPR Art. 6(1)(b))"),
  msg("Granted"),
  msg("Partly granted"),
  msg("Refused"),
  msg("A hold keeps this. End the hold first, or keep it."),
  msg("The identity is needed while the person works here. Keep it, or wait until they have left."),
  msg("Choose a ground that fits the decision."),
];
