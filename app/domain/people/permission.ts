import type { Role } from "./role.ts";

/** Who is acting: a signed-in person, or the product itself (worker, script). */
export type Actor = {
  id: string;
  name: string;
  roles: readonly Role[];
};

/** The product acting on its own: schedules, imports, seeds. It passes every permission and is named in the audit log. */
export const system: Actor & { system: true } = { id: "system", name: "Clause7", roles: [], system: true };

/**
 * What a permission is asked about. `managerId` is the direct manager of `personId`; `sharedWith` are those whom that
 * person has let in.
 */
export type Resource = {
  personId?: string | null;
  managerId?: string | null;
  sharedWith?: readonly string[];
};

/**
 * How far a role reaches: `own` records, those `shared` with the actor (and own), those of the `team` (direct reports,
 * and own), those of all `others` (what nobody may do for themselves), or `any`.
 */
type Reach = "own" | "shared" | "team" | "others" | "any";

/** The permission matrix. What is not listed is refused. */
export const matrix = {
  "learning.take": { employee: "own" },
  "record.read": { employee: "own", manager: "team", hr: "any", auditor: "any" },
  "board.read": { manager: "team", hr: "any", auditor: "any" },
  "board.export": { hr: "any", auditor: "any" },
  "period.assign": { hr: "any" },
  "requirement.read": { hr: "any", auditor: "any" },
  "requirement.manage": { hr: "any" },
  "person.edit": { hr: "others" },
  "waiver.grant": { hr: "others" },
  "attempt.grant": { hr: "others" },
  "accommodation.grant": { hr: "others" },
  "certificate.read": { employee: "own", manager: "team", hr: "any", auditor: "any" },
  "certificate.revoke": { hr: "others" },
  "policy.read": { employee: "any" },
  "policy.acknowledge": { employee: "own" },
  "register.read": { employee: "any" },
  "question.ask": { employee: "own" },
  "question.read": { employee: "shared" },
  "question.share": { employee: "own" },
  "feedback.give": { employee: "own" },
  "feedback.read": { reviewer: "any", admin: "any" },
  "case.open": { employee: "own" },
  "case.queue": { reviewer: "any", auditor: "any" },
  "case.read": { employee: "own", reviewer: "any", auditor: "any" },
  "case.decide": { reviewer: "any" },
  "case.reply": { employee: "own" },
  "concern.report": { employee: "own" },
  "concern.read": { employee: "own", reviewer: "any" },
  "concern.handle": { reviewer: "any" },
  "evaluation.read": { hr: "any", reviewer: "any", auditor: "any", admin: "any" },
  "evidence.read": { hr: "any", auditor: "any", admin: "any" },
  "evidence.read_keys": { admin: "any" },
  "outbox.manage": { admin: "any" },
  "lrs.manage": { admin: "any" },
  "audit.read": { auditor: "any", admin: "any" },
  "content.read": { author: "any", hr: "any", auditor: "any", admin: "any" },
  "content.author": { author: "any", hr: "any", admin: "any" },
  "content.publish": { hr: "any", admin: "any" },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Permission = keyof typeof matrix;

/** Thrown by `allow`; the HTTP layer answers 403. */
export class Forbidden extends Error {
  override name = "Forbidden";
  constructor(readonly permission: Permission) {
    super(`not permitted: ${permission}`);
  }
}

/** How far the actor's roles reach for a permission; `null` when they do not reach at all. */
export function reach(actor: Actor, permission: Permission): Reach | null {
  if ("system" in actor) return "any";
  const row: Partial<Record<Role, Reach>> = matrix[permission];
  const reaches = actor.roles.map((role) => row[role]);
  if (reaches.includes("any")) return "any";
  if (reaches.includes("others")) return "others";
  if (reaches.includes("team")) return "team";
  if (reaches.includes("shared")) return "shared";
  return reaches.includes("own") ? "own" : null;
}

/** Whether the actor may do `permission` to `resource`. Without a resource: whether there may be any at all. */
export function can(actor: Actor, permission: Permission, resource?: Resource): boolean {
  const far = reach(actor, permission);
  if (far === null) return false;
  if (far === "any" || resource === undefined) return true;
  if (far === "others") return resource.personId !== actor.id;
  if (resource.personId === actor.id) return true;
  if (far === "shared") return resource.sharedWith?.includes(actor.id) ?? false;
  return far === "team" && resource.managerId === actor.id;
}

/** Throws {@link Forbidden} unless the actor may do `permission` to `resource`. First beat of every write and read. */
export function allow(actor: Actor, permission: Permission, resource: Resource): void {
  if (!can(actor, permission, resource)) throw new Forbidden(permission);
}
