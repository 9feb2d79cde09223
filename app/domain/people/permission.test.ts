import { expect, it } from "vitest";
import { allow, can, Forbidden, matrix, type Permission, reach, system } from "./permission.ts";
import { roles, type Role } from "./role.ts";

const person = (...held: Role[]) => ({ id: "p-me", name: "Me", roles: held });
const permissions = Object.keys(matrix) as Permission[];

it.each<[string, Role[], Permission, Parameters<typeof can>[2] & object, boolean]>([
  ["reads their own record", ["employee"], "record.read", { personId: "p-me" }, true],
  ["reads a colleague’s record", ["employee"], "record.read", { personId: "p-you" }, false],
  [
    "reads a report’s record",
    ["employee", "manager"],
    "record.read",
    { personId: "p-you", managerId: "p-me" },
    true,
  ],
  [
    "reads another team’s record",
    ["employee", "manager"],
    "record.read",
    { personId: "p-you", managerId: "p-x" },
    false,
  ],
  ["reads anybody’s record as HR", ["employee", "hr"], "record.read", { personId: "p-you" }, true],
  ["revokes their own certificate", ["employee"], "certificate.revoke", { personId: "p-me" }, false],
  ["grants a colleague a waiver as HR", ["employee", "hr"], "waiver.grant", { personId: "p-you" }, true],
  ["grants themselves a waiver as HR", ["employee", "hr"], "waiver.grant", { personId: "p-me" }, false],
  ["decides a case as auditor", ["employee", "auditor"], "case.decide", {}, false],
  ["reads what belongs to nobody as employee", ["employee"], "record.read", {}, false],
  ["lets clients into the record store as administrator", ["employee", "admin"], "lrs.manage", {}, true],
  ["lets clients into the record store as HR", ["employee", "hr"], "lrs.manage", {}, false],
  ["lets clients into the record store as auditor", ["employee", "auditor"], "lrs.manage", {}, false],
  [
    "reads an answer shared with them",
    ["employee"],
    "question.read",
    { personId: "p-you", sharedWith: ["p-me"] },
    true,
  ],
  [
    "reads an answer shared with others",
    ["employee", "reviewer"],
    "question.read",
    { personId: "p-you", sharedWith: ["p-x"] },
    false,
  ],
  ["reads a colleague’s answer", ["employee"], "question.read", { personId: "p-you" }, false],
  [
    "passes on an answer shared with them",
    ["employee"],
    "question.share",
    { personId: "p-you", sharedWith: ["p-me"] },
    false,
  ],
  ["reads what people think of answers as HR", ["employee", "hr"], "feedback.read", {}, false],
  ["does anything without a role", [], "policy.read", {}, false],
])("%s: %j %s", (_words, held, permission, resource, allowed) => {
  expect(can(person(...held), permission, resource)).toBe(allowed);
  const act = () => allow(person(...held), permission, resource);
  if (allowed) expect(act).not.toThrow();
  else expect(act).toThrow(Forbidden);
});

it("gives the strongest of several roles", () => {
  expect(reach(person("employee", "manager", "hr"), "record.read")).toBe("any");
  expect(reach(person("employee", "manager"), "record.read")).toBe("team");
});

it("lets the product itself do everything, and nobody pose as it by an id", () => {
  for (const permission of permissions) {
    expect(can(system, permission, {})).toBe(true);
    expect(can({ id: "system", name: "Clause7", roles: [] }, permission, {})).toBe(false);
  }
});

it("lets an auditor and an administrator without other roles change nothing that is evidence", () => {
  const writes = permissions.filter((p) => /\.(assign|grant|revoke|decide|take|acknowledge)$/.test(p));
  for (const role of ["auditor", "admin"] as const)
    expect(writes.filter((p) => can(person(role), p, {}))).toEqual([]);
});

it("names only roles there are", () => {
  const named = Object.values(matrix).flatMap((row) => Object.keys(row));
  expect(named.filter((role) => !roles.includes(role as Role))).toEqual([]);
});
