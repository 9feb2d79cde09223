/** What a colleague may be in the product. Everybody is an employee; the others add permissions. */
export const staffRoles = ["employee", "manager", "hr", "reviewer", "author", "auditor", "admin"] as const;
/** All there are. An external auditor is no colleague: the role comes with a seat alone, and with no other role. */
export const roles = [...staffRoles, "external_auditor"] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, string> = {
  employee: "Employee",
  manager: "Manager",
  hr: "HR",
  reviewer: "Reviewer",
  author: "Author",
  auditor: "Auditor",
  admin: "Administrator",
  external_auditor: "External auditor",
};
