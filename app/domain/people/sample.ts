/** Published with the sample organisation, and set nowhere else. */
export const samplePassword = "clause7-sample";

/** The people of the sample organisation who can sign in: one for each role, and an overseer of a high-risk system. */
export const samplePeople = [
  "p-mila",
  "p-tomasz",
  "p-dana",
  "p-ines",
  "p-ravi",
  "p-noor",
  "p-august",
  "p-sofia",
  "p-yasmin",
] as const;
