import { and, asc, getTableColumns, eq, gte, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { proofFile } from "#db/schema/basis.ts";
import { sampleDraw } from "#db/schema/pack.ts";
import { person } from "#db/schema/people.ts";
import { canonicalJson } from "../audit/event.ts";
import { basesKnown, type Proof } from "./basis.server.ts";
import { linkTo, page, shown, table } from "./page.ts";
import { inScope, peopleKnown } from "./person-page.server.ts";
import { personPageOf, proofPath } from "./sampled-person.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.samples;

/** The samples of the scope's time: those of whoever asked, or all for those who may see all. */
export async function samplesIn(db: Db, { scope, requestedBy }: PackOrder) {
  return db
    .select()
    .from(sampleDraw)
    .where(
      and(
        scope.samples === "all" ? undefined : eq(sampleDraw.drawnBy, requestedBy.id),
        gte(sampleDraw.drawnAt, new Date(`${scope.from}T00:00:00Z`)),
        lte(sampleDraw.drawnAt, new Date(scope.asAt)),
      ),
    )
    .orderBy(asc(sampleDraw.drawnAt), asc(sampleDraw.id));
}

/** What was drawn, of whom, by which seed; and the record of each person drawn. */
export async function sampleFiles(db: Db, order: PackOrder): Promise<PackFile[]> {
  const draws = await samplesIn(db, order);
  const drawn = await peopleDrawn(db, order);
  const proofs = await proofsDrawn(db, order);
  const recordPath = (id: string): string => `${folder}/people/${id}.html`;
  return [
    ...draws.flatMap((draw, i): PackFile[] => {
      const base = `${folder}/sample-${String(i + 1).padStart(3, "0")}`;
      const { population, ...rest } = draw;
      return [
        {
          path: `${base}.html`,
          shows: `“${draw.purpose}”: who was drawn, with the way to draw it again.`,
          async *content() {
            const rows = draw.picked.map((pseudonym, place) => {
              const one = drawn.find((p) => p.pseudonym === pseudonym);
              const name = one ? linkTo(recordPath(one.id), `${base}.html`, one.name) : "outside this scope";
              return [String(place + 1), name, `<code>${shown(pseudonym)}</code>`];
            });
            yield page(
              `Sample: ${draw.purpose}`,
              `<p>Drawn at ${shown(draw.drawnAt)} by ${shown(draw.drawnBy)}: ${draw.size} of ${draw.populationSize} people, seed <code>${shown(draw.seed)}</code>.</p>
<p>To draw it again: take the SHA-256 of “${shown(draw.algorithm)}”, the seed and the pseudonym, with a line feed between each, for everybody in the population file, and sort by it. The first are the sample. <code>verify.mjs</code> does so.</p>
${table("People drawn", ["Place", "Person", "Pseudonym"], rows)}`,
            );
          },
        },
        {
          path: `${base}.json`,
          shows: "The same for programs.",
          async *content() {
            yield `${canonicalJson({ ...rest, drawnAt: draw.drawnAt.toISOString(), populationFile: `${base}.population.txt` })}\n`;
          },
        },
        {
          path: `${base}.population.txt`,
          shows: "The pseudonyms of all it was drawn from.",
          async *content() {
            yield population;
          },
        },
      ];
    }),
    ...drawn.map((one, i): PackFile => ({
      path: recordPath(one.id),
      shows: `The whole record of each of the ${drawn.length} people drawn.`,
      hidden: i > 0,
      async *content() {
        yield await personPageOf(db, one, order.scope);
      },
    })),
    ...proofs.map(({ personId, proof }, i): PackFile => ({
      path: proofPath(personId, proof),
      shows: `The ${proofs.length} files that people drawn submitted as proof; their SHA-256 stand in the records.`,
      hidden: i > 0,
      async *content() {
        const [row] = await db
          .select({ content: proofFile.content })
          .from(proofFile)
          .where(eq(proofFile.id, proof.id));
        if (row) yield row.content;
      },
    })),
  ];
}

/** The people drawn in these samples who are in scope, by id: their records are in the pack. */
export async function peopleDrawn(db: Db, order: PackOrder): Promise<(typeof person.$inferSelect)[]> {
  const pseudonyms = [...new Set((await samplesIn(db, order)).flatMap((draw) => draw.picked))];
  if (pseudonyms.length === 0) return [];
  return db
    .select(getTableColumns(person))
    .from(peopleKnown(order.scope))
    .where(and(inScope(order.scope), inArray(person.pseudonym, pseudonyms)))
    .orderBy(asc(person.id));
}

/** The files that people drawn submitted as proof. Those of others stay where they are: their hashes are in the tables. */
export async function proofsDrawn(db: Db, order: PackOrder): Promise<{ personId: string; proof: Proof }[]> {
  const drawn = await peopleDrawn(db, order);
  const bases = await basesKnown(
    db,
    drawn.map((one) => one.id),
    order.scope,
  );
  return bases.flatMap(({ personId, proof }) => (proof ? [{ personId, proof }] : []));
}
