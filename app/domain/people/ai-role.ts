/** The AI roles an organisation can hold (ISO/IEC 42001 4.1; EU AI Act Art. 3(3), (4)). */
export const aiRoles = ["producer", "provider", "deployer", "partner"] as const;
export type AiRole = (typeof aiRoles)[number];
