/** Data classes of the data-classification standard, from harmless to never. */
export const dataClasses = [
  "public",
  "internal",
  "personal",
  "special_category",
  "customer",
  "confidential",
  "source_code",
  "secrets",
  "privileged",
] as const;
export type DataClass = (typeof dataClasses)[number];
export const dataClassNames: Record<DataClass, string> = {
  public: "Public",
  internal: "Internal",
  personal: "Personal data",
  special_category: "Special-category data",
  customer: "Customer data",
  confidential: "Confidential business information",
  source_code: "Source code",
  secrets: "Secrets and credentials",
  privileged: "Legally privileged material",
};

export const riskClasses = ["minimal", "limited", "high_risk", "prohibited"] as const;
export type RiskClass = (typeof riskClasses)[number];
export const riskClassNames: Record<RiskClass, string> = {
  minimal: "Minimal risk",
  limited: "Limited risk",
  high_risk: "High risk",
  prohibited: "Prohibited",
};

export const systemStatuses = ["in_use", "pilot", "retired", "rejected"] as const;
export const systemStatusNames: Record<(typeof systemStatuses)[number], string> = {
  in_use: "In use",
  pilot: "Pilot",
  retired: "Retired",
  rejected: "Rejected",
};

/** A prohibited practice is a use, never an entry. */
export const systemRiskClasses = ["minimal", "limited", "high_risk"] as const;
