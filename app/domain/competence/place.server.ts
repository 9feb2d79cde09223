import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type DetailsInput, type Place, places } from "./person-details.ts";

/** The places of a person's details that nobody has yet: new ones, or misspelt. */
export async function newPlaces(
  db: Db,
  actor: Actor,
  personId: string,
  details: Pick<DetailsInput, Place>,
): Promise<Place[]> {
  allow(actor, "person.edit", { personId });
  const known = await Promise.all(
    places.map(async (place) => ({ place, n: await db.$count(person, eq(person[place], details[place])) })),
  );
  return known.filter(({ n }) => n === 0).map(({ place }) => place);
}
