/** What a request for erasure is decided about, category by category. */
export const erasureCategories = ["identity", "questions", "answers", "proofs", "cases"] as const;
export type ErasureCategory = (typeof erasureCategories)[number];

/** What is meant by each category. */
export const categoryNames: Record<ErasureCategory, string> = {
  identity: "Name, e-mail, department, manager, sign-in and keys",
  questions: "Questions to the assistant, their answers and what was said of them",
  answers: "Answers in lessons, assessments, practices and policy checks",
  proofs: "Files that prove a competence, with their names, links and remarks; what was decided stays",
  cases: "Words in cases and concerns that the person wrote",
};

/** Why data is erased or kept, by the article of the GDPR it rests on. */
export const legalGrounds = {
  not_needed: "No longer needed (GDPR Art. 17(1)(a))",
  objected: "The person objected and nothing overrides it (GDPR Art. 17(1)(c))",
  legal_duty: "Kept by a legal duty (GDPR Art. 17(3)(b))",
  legal_claims: "Kept for legal claims (GDPR Art. 17(3)(e))",
  employed: "Still needed for the employment (GDPR Art. 6(1)(b))",
} as const;
export type LegalGround = keyof typeof legalGrounds;

export type ErasureDecision = { category: ErasureCategory; erase: boolean; ground: LegalGround };
export type ErasureOutcome = "granted" | "partly" | "refused";

export const outcomeNames: Record<ErasureOutcome, string> = {
  granted: "Granted",
  partly: "Partly granted",
  refused: "Refused",
};

/** The grounds that speak for erasing, and those that speak for keeping. */
export const groundsFor: Record<"erase" | "keep", readonly LegalGround[]> = {
  erase: ["not_needed", "objected"],
  keep: ["legal_duty", "legal_claims", "employed"],
};

export type Hold = {
  id: string;
  personId: string | null;
  categories: readonly string[];
  /** The last day it holds (YYYY-MM-DD). */
  until: string;
  endedAt: Date | null;
};

/** The categories of a person that holds keep on `today` (YYYY-MM-DD), each with the holds that do. */
export function heldCategories(
  holds: readonly Hold[],
  personId: string,
  today: string,
): Map<ErasureCategory, Hold[]> {
  const held = new Map<ErasureCategory, Hold[]>();
  for (const category of erasureCategories) {
    const keeping = holds.filter(
      (hold) =>
        hold.endedAt === null &&
        hold.until >= today &&
        (hold.personId === null || hold.personId === personId) &&
        hold.categories.includes(category),
    );
    if (keeping.length > 0) held.set(category, keeping);
  }
  return held;
}

export type ErasureRefusal = "held" | "employed" | "ground";

export const erasureRefusals: Record<ErasureRefusal, string> = {
  held: "A hold keeps this. End the hold first, or keep it.",
  employed: "The identity is needed while the person works here. Keep it, or wait until they have left.",
  ground: "Choose a ground that fits the decision.",
};

/**
 * Whether the decisions of a request may be carried out, else the refusal of each category. What a hold keeps is not erased,
 * nor the identity of somebody who still works here.
 */
export function decideErasure(
  decisions: readonly ErasureDecision[],
  facts: { held: ReadonlyMap<ErasureCategory, unknown>; employed: boolean },
):
  | { ok: true; outcome: ErasureOutcome }
  | { ok: false; refusals: Partial<Record<ErasureCategory, ErasureRefusal>> } {
  const refusals: Partial<Record<ErasureCategory, ErasureRefusal>> = {};
  for (const { category, erase, ground } of decisions) {
    if (erase && facts.held.has(category)) refusals[category] = "held";
    else if (erase && category === "identity" && facts.employed) refusals[category] = "employed";
    else if (!groundsFor[erase ? "erase" : "keep"].includes(ground)) refusals[category] = "ground";
  }
  if (Object.keys(refusals).length > 0) return { ok: false, refusals };
  const erased = decisions.filter((one) => one.erase).length;
  return {
    ok: true,
    outcome: erased === 0 ? "refused" : erased === erasureCategories.length ? "granted" : "partly",
  };
}

/** How a person is named once their identity is erased. */
export const formerName = (pseudonym: string): string => `Former employee ${pseudonym.slice(0, 8)}`;
