import { eq } from "drizzle-orm";
import { person } from "#db/schema/people.ts";
import { coverageAt } from "#app/domain/effectiveness/coverage-series.server.ts";
import { present } from "./checkpoint.ts";
import type { World } from "./world.ts";

/** The days on which somebody's state before a requirement changed, as the product tells it afterwards. */
export async function lifeOf(world: World, key: string): Promise<string[]> {
  const [id = "", slug = ""] = key.split(" ");
  const days = world.daily.map((one) => one.at);
  const scope = { people: eq(person.id, id), requirements: [slug] };
  const counts = (await coverageAt(world.db, scope, days)).get(slug) ?? [];
  const states = counts.map((one) => Object.keys(present(one))[0] ?? "not_asked");
  return days.flatMap((at, i) =>
    states[i] === (states[i - 1] ?? "not_asked") ? [] : [`${at.toISOString().slice(0, 10)} ${states[i]}`],
  );
}

/** Some lives of the year, written by hand from the rules: the oracle itself is held to them. */
export const lives: Readonly<Record<string, readonly string[]>> = {
  "noah awareness": ["2027-03-01 not_started", "2027-04-15 overdue"],
  "lena awareness": [
    "2027-03-01 not_started",
    "2027-03-17 in_progress",
    "2027-04-15 overdue",
    "2027-04-21 competent",
    "2027-09-06 expiring",
    "2027-09-14 competent",
  ],
  // Away from 25 March to 30 April: never late.
  "pia awareness": [
    "2027-03-01 not_started",
    "2027-05-12 competent",
    "2027-09-06 expiring",
    "2027-09-14 competent",
  ],
  "quin awareness": [
    "2027-03-01 not_started",
    "2027-03-20 waived",
    "2027-07-01 overdue",
    "2027-07-20 competent",
    "2027-09-06 expiring",
    "2027-09-20 expired",
    "2027-09-27 competent",
  ],
  "omar awareness": ["2027-03-01 not_started", "2027-03-16 competent", "2027-05-31 not_asked"],
  // The late renewal, and an early one.
  "hugo awareness": [
    "2027-03-01 not_started",
    "2027-03-02 competent",
    "2028-01-02 expiring",
    "2028-03-03 expired",
    "2028-03-04 competent",
  ],
  "ravi awareness": [
    "2027-03-01 not_started",
    "2027-03-02 competent",
    "2028-01-02 expiring",
    "2028-01-20 competent",
  ],
  "elsa engineering": [
    "2027-03-01 not_started",
    "2027-03-09 competent",
    "2027-06-10 expiring",
    "2027-06-25 competent",
    "2027-10-04 expiring",
    "2027-10-11 competent",
  ],
  "edda engineering": [
    "2027-03-01 not_started",
    "2027-03-09 competent",
    "2027-08-16 not_started",
    "2027-09-01 competent",
    "2027-10-04 expiring",
    "2027-10-14 competent",
  ],
  "emil engineering": [
    "2027-03-01 not_started",
    "2027-03-04 competent",
    "2027-10-04 expiring",
    "2027-10-14 competent",
  ],
  "enzo engineering": [
    "2027-03-01 not_started",
    "2027-03-23 in_progress",
    "2027-03-25 competent",
    "2027-07-05 not_asked",
    "2027-07-19 competent",
    "2027-10-04 expiring",
    "2027-10-25 expired",
    "2027-11-03 competent",
  ],
  "tina engineering": [
    "2027-09-20 not_started",
    "2027-09-28 in_progress",
    "2027-10-06 expiring",
    "2027-10-20 competent",
  ],
  "erik engineering": ["2027-03-01 not_started", "2027-03-09 competent", "2027-06-15 not_asked"],
  "erik texas": ["2027-06-15 not_started", "2027-06-30 competent"],
  "tom texas": ["2027-03-01 competent", "2027-05-22 expiring", "2027-08-02 competent"],
  "tom oversight": ["2027-08-02 not_started", "2027-08-17 overdue", "2027-08-18 competent"],
};
