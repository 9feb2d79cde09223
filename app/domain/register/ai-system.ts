import { z } from "zod";
import { clauseRef } from "../content/item.ts";
import { dataClasses, systemRiskClasses, systemStatuses } from "./terms.ts";

const text = z.string().trim().min(1);
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");

/** An approval as content states it; a case can add further ones at run time. */
export const approvalEntry = z.strictObject({
  id: slug,
  purposes: z.array(slug.or(z.string().regex(/^[a-z_]+$/))).min(1),
  dataClasses: z.array(z.enum(dataClasses)).min(1),
  groups: z.array(text).min(1),
  conditions: z.array(text),
  approvedOn: z.iso.date(),
  approvedBy: text,
  reviewOn: z.iso.date(),
  clause: clauseRef.optional(),
});

/** An entry of the AI system register (ISO/IEC 42001 A.4.2, A.9; EU AI Act Art. 26). */
export const aiSystem = z.strictObject({
  slug,
  name: text,
  vendor: text,
  aliases: z.array(text),
  description: text,
  kind: text,
  owner: text,
  status: z.enum(systemStatuses),
  aiActRole: z.enum(["deployer", "provider"]),
  riskClass: z.enum(systemRiskClasses),
  highRiskArea: text.optional(),
  overseers: z.array(text),
  hosting: text,
  registeredOn: z.iso.date(),
  approvals: z.array(approvalEntry),
});
export type AiSystem = z.infer<typeof aiSystem>;
export type ApprovalEntry = z.infer<typeof approvalEntry>;

export type SystemFilter = {
  /** Free text; each of its words must stand in the name, vendor, other names, description or kind. */
  q: string;
  status: AiSystem["status"] | "";
  riskClass: AiSystem["riskClass"] | "";
};

/** Whether an entry is among those a reader looks for. */
export function fitsFilter(system: AiSystem, filter: SystemFilter): boolean {
  if (filter.status && system.status !== filter.status) return false;
  if (filter.riskClass && system.riskClass !== filter.riskClass) return false;
  const { name, vendor, aliases, description, kind } = system;
  const text = [name, vendor, ...aliases, description, kind].join(" ").toLowerCase();
  return filter.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
