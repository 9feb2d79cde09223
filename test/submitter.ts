// A process of its own that submits prepared attempts and tells each submission it was answered for; the crash test kills it.
import { and, asc, eq, isNull } from "drizzle-orm";
import { openDatabase } from "#db/client.server.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { attemptFor, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import { aCourse, aModule, aRequirement, rightAnswer, takeAllLessons } from "./course.ts";
import { actorFor, anOrganisation, aPerson } from "./factories.ts";

const [url = "", mode = "", count = "0"] = process.argv.slice(2);
const now = new Date("2026-11-24T09:00:00Z");
const database = await openDatabase(url);
const { db } = database;

if (mode === "prepare") {
  await database.migrate();
  await prepare(Number(count));
} else {
  await submitAll();
}
await database.close();

/** People with a half-answered or a fully answered attempt, in turns, so that some pass and some fail. */
async function prepare(people: number): Promise<void> {
  const module = aModule();
  await db.transaction(async (tx) => {
    await anOrganisation(tx);
    const learners = [];
    for (let i = 0; i < people; i++) learners.push(actorFor(await aPerson(tx)));
    await aCourse(tx, now, module);
    for (const [i, actor] of learners.entries()) {
      await takeAllLessons(tx, actor, module, now);
      const requirement = aRequirement.slug;
      await acknowledgePolicies(tx, actor, { requirement, policies: ["ai-policy"] }, now);
      const started = await startAssessment(tx, actor, { requirement, seed: i }, now);
      if (!started?.ok) throw new Error("the attempt did not start");
      const view = await attemptFor(tx, actor, started.attemptId, now);
      const items = view?.items ?? [];
      for (const shown of items.slice(0, i % 4 === 0 ? items.length / 2 : items.length)) {
        const { position, revision } = shown;
        const given = rightAnswer(module, shown);
        await saveAnswer(tx, actor, { attemptId: started.attemptId, position, given, revision }, now);
      }
    }
  });
}

async function submitAll(): Promise<void> {
  const open = await db
    .select({ attemptId: attempt.id, person })
    .from(attempt)
    .innerJoin(person, eq(person.id, attempt.personId))
    .where(and(isNull(attempt.submittedAt)))
    .orderBy(asc(attempt.id));
  process.stdout.write("ready\n");
  const lanes = Array.from({ length: 4 }, async () => {
    for (let next = open.pop(); next; next = open.pop()) {
      await submitAssessment(db, actorFor(next.person), { attemptId: next.attemptId }, now);
      process.stdout.write(`submitted ${next.attemptId}\n`);
    }
  });
  await Promise.all(lanes);
}
