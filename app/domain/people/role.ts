/** What a person may be in the product. Everybody is an employee; the others add permissions. */
export const roles = ["employee", "manager", "hr", "reviewer", "author", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, string> = {
  employee: "Employee",
  manager: "Manager",
  hr: "HR",
  reviewer: "Reviewer",
  author: "Author",
  auditor: "Auditor",
  admin: "Administrator",
};
