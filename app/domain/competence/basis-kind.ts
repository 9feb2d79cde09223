/** What competence can rest on besides the training of the product (ISO/IEC 42001 7.2 b). */
export const basisKinds = ["education", "training", "experience", "attestation"] as const;
export type BasisKind = (typeof basisKinds)[number];

/** What can complete a period other than its training: a basis, or a record of an earlier system. */
export const recognisedKinds = [...basisKinds, "legacy"] as const;
export type RecognisedKind = (typeof recognisedKinds)[number];

export const basisKindNames: Record<BasisKind, string> = {
  education: "Education",
  training: "External training",
  experience: "Experience",
  attestation: "Observed competence",
};
