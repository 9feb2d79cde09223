import { Link } from "@remix-run/react";
import { createContext, useContext } from "react";

/** The profile's own id. What lies below it is described on the page. */
export const ProfileId = createContext("");

/** Where on the page an IRI of ours is described: its kind and its name. */
export function anchorOf(iri: string): string {
  return iri.split("/").slice(-2).join("-");
}

/** An IRI; ours lead to their description. Long ones break anywhere. */
export function Iri({ iri }: { iri: string }) {
  const own = useContext(ProfileId);
  const look = "font-mono text-xs wrap-anywhere";
  return iri.startsWith(`${own}/`) ? (
    <Link to={`#${anchorOf(iri)}`} className={`${look} text-accent underline underline-offset-4`}>
      {iri}
    </Link>
  ) : (
    <span className={look}>{iri}</span>
  );
}
