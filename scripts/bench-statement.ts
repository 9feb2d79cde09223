import type { statement } from "#db/schema/lrs.ts";
import { buildStatement, ownAuthority, statementId } from "#app/domain/evidence/statement.ts";

const baseIri = "https://large.example";

/** A statement about a period as the store keeps it. */
export function completionOf(
  seq: number,
  registration: string,
  pseudonym: string,
  position: number,
  at: Date,
): typeof statement.$inferInsert {
  const id = statementId(registration, "completed", position);
  const own = buildStatement(
    { homePage: baseIri, pseudonym, baseIri },
    {
      id,
      at: new Date(at.getTime() - 60_000),
      verb: "completed",
      object: { path: ["modules", "ai-awareness"], type: "http://adlnet.gov/expapi/activities/module" },
      registration,
    },
  );
  const body = JSON.stringify({ ...own, authority: ownAuthority(baseIri), stored: at.toISOString() });
  return { seq, id, stored: at, voiding: false, size: body.length, body };
}
