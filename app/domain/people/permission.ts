import type { Role } from "./role.ts";
import { coversDepartment, type Scope } from "./seat.ts";

/** Who is acting: a signed-in person, or the product itself (worker, script). */
export type Actor = {
  id: string;
  name: string;
  roles: readonly Role[];
  /** What the seat of an external auditor reaches; nobody else has one. */
  scope?: Scope | undefined;
};

/** The product acting on its own: schedules, imports, seeds. It passes every permission and is named in the audit log. */
export const system: Actor & { system: true } = { id: "system", name: "Clause7", roles: [], system: true };

/**
 * What a permission is asked about. `managerId` is the direct manager of `personId` and `department` theirs; `sharedWith`
 * are those whom that person has let in.
 */
export type Resource = {
  personId?: string | null;
  managerId?: string | null;
  department?: string | null;
  sharedWith?: readonly string[];
};

/**
 * How far a role reaches: `own` records, those `shared` with the actor (and own), those of the `team` (direct reports,
 * and own), those of direct `reports` alone, those of all `others` (what nobody may do for themselves), those within the
 * `scope` of a seat, or `any`.
 */
type Reach = "own" | "shared" | "scope" | "team" | "reports" | "others" | "any";

/** The permission matrix. What is not listed is refused. */
export const matrix = {
  "learning.take": { employee: "own" },
  "record.read": { employee: "own", manager: "team", hr: "any", auditor: "any", external_auditor: "scope" },
  "board.read": { manager: "team", hr: "any", auditor: "any", external_auditor: "scope" },
  "board.export": { hr: "any", auditor: "any" },
  "period.assign": { hr: "any" },
  "requirement.read": { hr: "any", auditor: "any" },
  "requirement.manage": { hr: "any" },
  "requirement.name": { hr: "others" },
  "retraining.withdraw": { hr: "others" },
  "reminder.send": { hr: "any" },
  "person.edit": { hr: "others" },
  "waiver.grant": { hr: "others" },
  "attempt.grant": { hr: "others" },
  "basis.submit": { employee: "own" },
  "basis.decide": { hr: "others" },
  "competence.attest": { manager: "reports" },
  "legacy.import": { hr: "any" },
  "action.read": { employee: "own", manager: "team", hr: "any", auditor: "any" },
  "action.manage": { manager: "reports", hr: "any" },
  "action.open": { manager: "reports", hr: "any", reviewer: "any" },
  "accommodation.grant": { hr: "others" },
  "certificate.read": {
    employee: "own",
    manager: "team",
    hr: "any",
    auditor: "any",
    external_auditor: "scope",
  },
  "certificate.revoke": { hr: "others" },
  "policy.read": { employee: "any" },
  "policy.acknowledge": { employee: "own" },
  "acknowledgement.read": { manager: "team", hr: "any", auditor: "any" },
  "certificate.display": { employee: "own" },
  "badge.download": { employee: "own" },
  "person.leave": { hr: "others" },
  "privacy.export": { employee: "own" },
  "erasure.request": { employee: "own", hr: "any" },
  "erasure.decide": { hr: "others" },
  "hold.manage": { hr: "any", auditor: "any" },
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
  "message.read": { hr: "any", auditor: "any", admin: "any" },
  "message.manage": { hr: "any", admin: "any" },
  "notice.choose": { employee: "own" },
  "lrs.manage": { admin: "any" },
  "audit.read": { auditor: "any", admin: "any" },
  "pack.make": { hr: "any", auditor: "any", admin: "any", external_auditor: "scope" },
  "pack.read_all": { auditor: "any", admin: "any" },
  "sample.draw": { hr: "any", auditor: "any", external_auditor: "scope" },
  "sample.read_all": { hr: "any", auditor: "any" },
  "seat.manage": { hr: "any", admin: "any" },
  "reads.read": { employee: "own", admin: "any" },
  "content.read": { author: "any", hr: "any", auditor: "any", admin: "any" },
  "content.author": { author: "any", hr: "any", admin: "any" },
  "content.publish": { hr: "any", admin: "any" },
  "effectiveness.read": { hr: "any", reviewer: "any", auditor: "any", admin: "any" },
  "effectiveness.manage": { hr: "any" },
  "effectiveness.conclude": { hr: "any", reviewer: "any", admin: "any" },
  "review.read": { hr: "any", auditor: "any", admin: "any" },
  "review.record": { hr: "any", admin: "any" },
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
  if (reaches.includes("reports")) return "reports";
  if (reaches.includes("scope")) return "scope";
  if (reaches.includes("shared")) return "shared";
  return reaches.includes("own") ? "own" : null;
}

/** Whether the actor may do `permission` to `resource`. Without a resource: whether there may be any at all. */
export function can(actor: Actor, permission: Permission, resource?: Resource): boolean {
  const far = reach(actor, permission);
  if (far === null) return false;
  if (far === "any" || resource === undefined) return true;
  if (far === "scope") return actor.scope !== undefined && coversDepartment(actor.scope, resource.department);
  if (far === "others") return resource.personId !== actor.id;
  if (far === "reports") return resource.personId !== actor.id && resource.managerId === actor.id;
  if (resource.personId === actor.id) return true;
  if (far === "shared") return resource.sharedWith?.includes(actor.id) ?? false;
  return far === "team" && resource.managerId === actor.id;
}

/** Throws {@link Forbidden} unless the actor may do `permission` to `resource`. First beat of every write and read. */
export function allow(actor: Actor, permission: Permission, resource: Resource): void {
  if (!can(actor, permission, resource)) throw new Forbidden(permission);
}
