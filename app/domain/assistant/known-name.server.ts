import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import type { AiSystem } from "../register/ai-system.ts";
import { nameCandidates } from "./known-name.ts";
import { masked } from "./masking.ts";

/** Names asked for in one statement: each is a parameter, of which PostgreSQL takes 65,535. */
const namesAtOnce = 10_000;

/**
 * A message as it is read and kept: {@link masked}, with the full names of the organisation's people; what the register
 * calls its tools is no person. Only names that may stand in the text are looked up, by their index, however many people
 * there are. What a database cannot hold is taken out.
 */
export async function maskedMessage(
  db: Db,
  text: string,
  systems: readonly Pick<AiSystem, "name" | "aliases">[],
): Promise<string> {
  const said = text.replaceAll("\0", "").trim();
  const names = await namesIn(db, nameCandidates(said));
  return masked(said, { names, tools: systems.flatMap((s) => [s.name, ...s.aliases]) });
}

async function namesIn(db: Db, candidates: string[]): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < candidates.length; from += namesAtOnce) {
    const some = candidates.slice(from, from + namesAtOnce);
    const rows = await db
      .selectDistinct({ name: person.name })
      .from(person)
      .where(inArray(person.name, some));
    found.push(...rows.map((row) => row.name));
  }
  return found;
}
