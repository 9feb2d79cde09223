import { Link } from "@remix-run/react";

/** A policy clause named as `slug#3.3`, as a link to its text: "Acceptable use policy, 3.3". */
export function ClauseLink({ clause, titles }: { clause: string; titles: Record<string, string> }) {
  const [slug = "", number = ""] = clause.split("#");
  return (
    <Link lang="en" to={`/policies/${slug}#c-${number}`} className="text-accent underline underline-offset-4">
      {titles[slug] ?? slug}, {number}
    </Link>
  );
}
