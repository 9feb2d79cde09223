// Fills the database with passages to search among.
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.server.ts";
import { policyClause, policyVersion } from "#db/schema/content.ts";
import { passage } from "#db/schema/passage.ts";
import type { PassageText } from "#app/domain/assistant/passage.ts";
import { countWords, storePassages } from "#app/domain/assistant/passage.server.ts";

const clausesAPolicy = 500;
const appliesFrom = "2026-01-01";

/**
 * Brings the number of passages to `count` in a database with published content: made-up policies that are stored, found
 * and quoted as others are. Each clause has a sentence of a real one among words of a vocabulary that grows as that of
 * real texts does (Heaps' law), so that rare words stay rare among many.
 */
export async function fillPassages({ db, tidy }: Database, count: number): Promise<void> {
  const own = await db
    .select({ text: policyClause.text, version: policyVersion })
    .from(policyClause)
    .innerJoin(policyVersion, eq(policyVersion.id, policyClause.policyVersionId))
    .orderBy(policyVersion.slug, policyClause.position);
  const pattern = own[0]?.version;
  if (!pattern) throw new Error("no policy is published");
  const sentences = own.flatMap(({ text }) => text.split(/(?<=\.)\s+/));
  for (let at = await db.$count(passage); at < count; at += clausesAPolicy) {
    const id = randomUUID();
    const slug = `made-up-${id}`;
    await db.insert(policyVersion).values({
      ...pattern,
      id,
      slug,
      hash: id,
      title: "Made-up policy",
      body: "",
      effectiveFrom: appliesFrom,
    });
    const clauses = Array.from({ length: Math.min(clausesAPolicy, count - at) }, (_, position) => {
      const n = at + position;
      return {
        id: randomUUID(),
        policyVersionId: id,
        number: `1.${position + 1}`,
        heading: inventedWords(n, 4),
        text: `${inventedWords(n * 7 + 3, 60)} ${sentences[(n * 31) % sentences.length] ?? ""}`,
        position,
      };
    });
    await db.insert(policyClause).values(clauses);
    await storePassages(
      db,
      clauses.map((clause) => passageOf(clause, slug)),
      new Date(`${appliesFrom}T09:00:00Z`),
    );
  }
  await countWords(db);
  await tidy();
  await db.execute(sql`analyze passage`);
}

type Clause = Pick<typeof policyClause.$inferSelect, "id" | "number" | "heading" | "text">;

function passageOf({ id, number, heading, text }: Clause, slug: string): PassageText {
  return {
    kind: "clause",
    ref: `${slug}#${number}`,
    sourceId: id,
    number,
    language: "en",
    title: heading,
    text,
    appliesFrom,
    appliesUntil: null,
  };
}

const syllables = "ba ce di fo gu la me ni po ru sa te vi wo xu za bre cla dri flo".split(" ");

/** Words of a made-up vocabulary, the first of them frequent, the later ones ever rarer; the same for the same seed. */
function inventedWords(seed: number, count: number): string {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  return Array.from({ length: count }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    let rank = Math.floor(Math.exp((state / 4_294_967_296) * Math.log(200 + 30 * Math.sqrt(seed + 1))));
    let word = "";
    do {
      word += syllables[rank % 20] ?? "";
      rank = Math.floor(rank / 20);
    } while (rank > 0);
    return `${word}n`;
  }).join(" ");
}
