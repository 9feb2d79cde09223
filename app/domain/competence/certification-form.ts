import { type Certification, certification, certifyingAuthorities } from "./requirement.ts";

/** A certification as typed, right or wrong. */
export type CertificationRow = { authority: string; reference: string; from: string; until: string };

export const emptyCertification: CertificationRow = {
  authority: Object.keys(certifyingAuthorities)[0] ?? "",
  reference: "",
  from: "",
  until: "",
};

/** As many as a requirement may have. */
export const mostCertifications = 20;

export const certificationFields = (row: number) => ({
  authority: `certifications.${row}.authority`,
  reference: `certifications.${row}.reference`,
  from: `certifications.${row}.from`,
  until: `certifications.${row}.until`,
});

type Values = Readonly<Record<string, string | string[]>>;

/** The rows that a form sends, in their order; gaps close. */
export function certificationsFrom(values: Values): CertificationRow[] {
  const one = (name: string): string => {
    const value = values[name];
    return typeof value === "string" ? value.trim() : "";
  };
  return Array.from({ length: mostCertifications }, (_, n) => certificationFields(n)).flatMap((names) =>
    values[names.authority] === undefined
      ? []
      : [
          {
            authority: one(names.authority),
            reference: one(names.reference),
            from: one(names.from),
            until: one(names.until),
          },
        ],
  );
}

/** The fields of rows, in place of those that were sent. */
export function withCertifications<V extends Values>(
  values: V,
  rows: readonly CertificationRow[],
): Record<string, string | string[]> {
  const rest = Object.entries(values).filter(([name]) => !name.startsWith("certifications."));
  const fields = rows.flatMap((row, n) => {
    const names = certificationFields(n);
    return (["authority", "reference", "from", "until"] as const).map((part) => [names[part], row[part]]);
  });
  return Object.fromEntries([...rest, ...fields]);
}

/** What a button does to the rows: `certify` adds one, `uncertify:<row>` takes one away. Null when it is no such button. */
export function recertified(rows: readonly CertificationRow[], intent: string): CertificationRow[] | null {
  const [what, n] = intent.split(":");
  if (what === "certify") return [...rows, emptyCertification].slice(0, mostCertifications);
  if (what === "uncertify") return rows.filter((_, i) => String(i) !== n);
  return null;
}

export type CertificationFault = "no_authority" | "no_reference" | "no_day" | "before";
export const certificationFaultWords: Record<CertificationFault, string> = {
  no_authority: "Choose the authority.",
  no_reference: "Say how the authority names it, in at most 200 characters.",
  no_day: "Enter the day as a date.",
  before: "The last day is before the first.",
};

/** What rows say, or what is wrong, by field. */
export function readCertifications(
  rows: readonly CertificationRow[],
): { ok: true; certifications: Certification[] } | { ok: false; faults: Record<string, CertificationFault> } {
  const faults: Record<string, CertificationFault> = {};
  const certifications = rows.flatMap((row, n) => {
    const read = certification.safeParse(row);
    if (read.success) return [read.data];
    const names = certificationFields(n);
    for (const { path, code } of read.error.issues) {
      const part = path[0];
      if (part === "authority") faults[names.authority] ??= "no_authority";
      if (part === "reference") faults[names.reference] ??= "no_reference";
      if (part === "from") faults[names.from] ??= "no_day";
      if (part === "until") faults[names.until] ??= code === "custom" ? "before" : "no_day";
    }
    return [];
  });
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, certifications };
}
