import { asc, eq, ne } from "drizzle-orm";
import { message, notice } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import type { World } from "./world.ts";

/** Every notice of the year about training, in the order of time. */
export async function noticesOf(world: World) {
  const rows = await world.db
    .select({
      to: notice.recipientId,
      topic: notice.topic,
      step: notice.step,
      at: notice.createdAt,
      id: period.personId,
      slug: period.requirementSlug,
    })
    .from(notice)
    .innerJoin(period, eq(period.id, notice.subjectId))
    .where(ne(notice.topic, "practice"))
    .orderBy(asc(notice.createdAt), asc(notice.step), asc(notice.recipientId));
  return rows.map((row) => ({ ...row, day: row.at.toISOString().slice(0, 10) }));
}

/** Notices about those who had nothing to do that day, or to those who were not there. */
export async function needless(world: World): Promise<string[]> {
  const faults: string[] = [];
  for (const { to, step, at, id, slug } of await noticesOf(world)) {
    const then = world.daily.find((one) => one.at.getTime() === at.getTime())?.states;
    const state = then?.get(`${id} ${slug}`) ?? "not asked";
    const left = world.oracle.people.get(to)?.leftOn;
    const here = !left || at.toISOString().slice(0, 10) < left;
    if (["competent", "waived", "not asked"].includes(state) || !here)
      faults.push(`${at.toISOString()}: ${step} about ${id}, ${slug}, ${state}, to ${to}`);
  }
  return faults;
}

/** Mails written to somebody, by the day. */
export async function mailsTo(world: World, personId: string) {
  const rows = await world.db
    .select()
    .from(message)
    .where(eq(message.personId, personId))
    .orderBy(asc(message.createdAt));
  return rows.map(({ createdAt, text, outcome }) => ({
    day: createdAt.toISOString().slice(0, 10),
    text,
    outcome,
  }));
}
