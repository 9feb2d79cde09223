import { and, asc, eq, gt, gte, isNull, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { naming } from "#db/schema/naming.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import { leave, personSystem } from "#db/schema/requirements.ts";
import type { Planned } from "./plan.ts";

/** A system that somebody may use or oversee. */
export const systemInUse = notInArray(aiSystem.status, ["retired", "rejected"]);

/** That somebody is named on a day. */
export const namingCounts = (today: string): SQL | undefined =>
  and(isNull(naming.endedAt), or(isNull(naming.until), gte(naming.until, today)));

/** Leave that ended longer ago than this moves no date that is still open. */
const leaveDays = 800;

/**
 * People as rules see them at `now`, by id. Overseers are those whom the register names and those recorded as such; a
 * system that is retired, or was rejected, is used and overseen by nobody. Rows of people are locked in one order.
 */
export async function subjectsOf(
  tx: Db,
  personIds: readonly string[],
  now: Date,
): Promise<(Planned & { hiredOn: string })[]> {
  if (personIds.length === 0) return [];
  // One parameter rather than one for each: of a hundred thousand people that is most of the time.
  const these = sql.param([...personIds]);
  const today = now.toISOString().slice(0, 10);
  const people = await tx
    .select({
      id: person.id,
      audiences: person.audiences,
      department: person.department,
      location: person.location,
      employmentType: person.employmentType,
      computerShare: person.computerShare,
      roles: person.roles,
      leftOn: person.leftOn,
      hiredOn: person.hiredOn,
      timeZone: person.timeZone,
    })
    .from(person)
    .where(sql`${person.id} = any(${these}::text[])`)
    .orderBy(asc(person.id));
  const systems = await tx
    .select({ slug: aiSystem.slug, body: aiSystem.body })
    .from(aiSystem)
    .where(systemInUse);
  const recorded = await tx
    .select({ personId: personSystem.personId, system: personSystem.systemSlug, role: personSystem.role })
    .from(personSystem)
    .innerJoin(aiSystem, eq(aiSystem.slug, personSystem.systemSlug))
    .where(
      and(
        sql`${personSystem.personId} = any(${these}::text[])`,
        systemInUse,
        lte(personSystem.from, today),
        or(isNull(personSystem.until), gt(personSystem.until, today)),
      ),
    );
  const since = new Date(now.getTime() - leaveDays * 86_400_000).toISOString().slice(0, 10);
  const leaves = await tx
    .select({ personId: leave.personId, from: leave.from, until: leave.until })
    .from(leave)
    .where(
      and(sql`${leave.personId} = any(${these}::text[])`, isNull(leave.withdrawnAt), gte(leave.until, since)),
    );
  const namings = await tx
    .select({ personId: naming.personId, slug: naming.requirementSlug })
    .from(naming)
    .where(and(sql`${naming.personId} = any(${these}::text[])`, namingCounts(today)));
  return people.map((one) => {
    const own = recorded.filter((row) => row.personId === one.id);
    const named = systems.filter(({ body }) => body.overseers.includes(one.id)).map(({ slug }) => slug);
    return {
      ...one,
      uses: own.filter((row) => row.role === "uses").map((row) => row.system),
      oversees: [...named, ...own.filter((row) => row.role === "oversees").map((row) => row.system)],
      named: namings.filter((row) => row.personId === one.id).map((row) => row.slug),
      leaves: leaves.filter((row) => row.personId === one.id),
    };
  });
}
