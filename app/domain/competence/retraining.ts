/** For what training is asked again before its time. */
export const retrainingCauses = [
  "system",
  "material_content",
  "material_policy",
  "incident",
  "retention",
  "hr",
] as const;
export type RetrainingCause = (typeof retrainingCauses)[number];

export const retrainingCauseNames: Record<RetrainingCause, string> = {
  system: "A new AI system in use",
  material_content: "A material change of the module",
  material_policy: "A material revision of a policy",
  incident: "An incident",
  retention: "A retention check that was not passed",
  hr: "Another reason",
};
