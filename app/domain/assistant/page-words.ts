import type { Signal } from "../risk/signal.ts";

/** Areas of high risk that the rules name; a prohibition is named by its article. */
export const riskAreas = [
  "biometrics",
  "critical_infrastructure",
  "education",
  "employment",
  "essential_services",
  "justice",
  "law_enforcement",
  "migration",
  "product_safety",
] as const;
export type RiskArea = (typeof riskAreas)[number];

export type MaskedKind =
  | "secret"
  | "e-mail address"
  | "phone number"
  | "account number"
  | "national id"
  | "date of birth"
  | "network address"
  | "address"
  | "name";

/** What the page of an answer says around it: the way to the verdict, warnings, and what to do next. */
export type PageWords = {
  riskFlag: string;
  riskFlagIn: string;
  areas: Record<RiskArea, string>;
  signals: Record<Signal, string>;
  /** `{values}` is what was masked, counted. */
  masked: string;
  maskedKinds: Record<MaskedKind, [one: string, several: string]>;
  path: {
    label: string;
    factsKnown: string;
    open: string;
    nothingOpen: string;
    noRule: string;
    oneRule: string;
    rules: string;
    nothingAgainst: string;
    noneFits: string;
    verdict: string;
  };
  next: {
    use: string;
    whom: string;
    nothing: string;
    answers: string;
    reviewer: string;
    another: string;
  };
  /** Over the clauses where what the policies say is the answer itself. */
  clauses: string;
  suspected: string;
  sureness: Record<"sure" | "likely", string>;
};
