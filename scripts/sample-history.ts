import { asc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { answer } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { ask, openCaseFor } from "#app/domain/assistant/question.server.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import type { CaseEntry } from "#app/domain/cases/case.ts";
import { publishCases } from "#app/domain/cases/precedent.server.ts";
import { assignRequirements, openDuePeriods } from "#app/domain/competence/assignment.server.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { enrolmentFor, lockedEnrolment } from "#app/domain/competence/enrolment.server.ts";
import { applies, type Requirement } from "#app/domain/competence/requirement.ts";
import { publishRequirements } from "#app/domain/competence/requirement.server.ts";
import { subjectsOf } from "#app/domain/competence/subject.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { recordSteps } from "#app/domain/competence/study.server.ts";
import { grantWaiver } from "#app/domain/competence/waiver.server.ts";
import { bestPath } from "#app/domain/content/branch.ts";
import type { Item, Response } from "#app/domain/content/item.ts";
import { attemptsOf, itemOf, moduleOf } from "#app/domain/learning/attempt.server.ts";
import { markItem, passes, scaledScore } from "#app/domain/learning/marking.ts";
import { stepsOf } from "#app/domain/learning/progress.server.ts";
import type { PersonRow } from "#app/domain/people/import.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";
import type { WrittenCheck } from "#app/domain/content/policy-check.ts";
import { acknowledgeAll } from "./sample-signing.ts";
import { basisActs } from "./sample-basis.ts";
import { effectivenessActs } from "./sample-effectiveness.ts";
import { moverActs } from "./sample-mover.ts";

const day = 86_400_000;
const minute = 60_000;

/** How long before its first start the sample organisation began to keep records. */
export const sampleDays = 420;
/** How long before it the requirements of single roles came in. */
const rolesDays = 24;

type Person = typeof person.$inferSelect;
/** One thing that happened, at its time; the acts of all people are carried out in order of time. */
type Act = { at: Date; run: (at: Date) => Promise<unknown> };

/**
 * Gives the sample organisation a past, through the same functions that people use: who studied when, passed or failed,
 * renewed or forgot to. The same for everybody who starts the product on the same day.
 */
export async function writeSampleHistory(
  db: Db,
  content: {
    requirements: readonly Requirement[];
    people: readonly PersonRow[];
    cases: readonly CaseEntry[];
    checks: readonly WrittenCheck[];
  },
  now: Date,
): Promise<void> {
  const { requirements, cases, checks } = content;
  const began = new Date(now.getTime() - sampleDays * day);
  const roles = new Date(now.getTime() - rolesDays * day);
  const forAll = requirements.filter((r) => r.audiences.includes("all-staff"));
  const people = await db.select().from(person).orderBy(asc(person.id));
  const subjects = await subjectsOf(
    db,
    people.map((who) => who.id),
    now,
  );
  const acts: Act[] = [
    { at: began, run: (at) => publishAt(db, forAll, at) },
    { at: roles, run: (at) => publishAt(db, requirements, at) },
    { at: new Date(roles.getTime() + minute), run: (at) => assignRequirements(db, system, {}, at) },
  ];
  for (const who of people) {
    const subject = subjects.find((one) => one.id === who.id);
    const hired = new Date(Math.max(began.getTime() + minute, Date.parse(`${who.hiredOn}T08:00:00Z`)));
    if (hired < roles)
      acts.push({
        at: hired,
        run: (at) => assignRequirements(db, system, { personIds: [who.id] }, at),
      });
    for (const requirement of requirements) {
      if (!subject || !applies(requirement, subject, now.toISOString().slice(0, 10))) continue;
      const from = forAll.includes(requirement) || hired > roles ? hired : roles;
      acts.push(...studies(db, who, requirement.slug, checks, { from, now }));
    }
  }
  for (let at = began.getTime() + 7 * day; at < now.getTime(); at += 7 * day)
    acts.push({
      at: new Date(at),
      run: async (then) => {
        await openDuePeriods(db, then);
        await recordEvents(db, system, await publishCases(db, cases, then), then);
      },
    });
  acts.push({ at: new Date(now.getTime() - 9 * day), run: (at) => waive(db, people, at, now) });
  acts.push(...moverActs(db, content.people, now));
  acts.push(...questions(db, people, now), ...basisActs(db, people, { began, now }));
  acts.push(
    ...effectivenessActs(db, people, { began, roles, now }, (items, text, skill) => {
      const random = generator(text);
      return items.map((item) => responseTo(item, random, skill));
    }),
  );
  acts.push({ at: new Date(now.getTime() - minute), run: (at) => openDuePeriods(db, at) });

  const order = acts.filter((act) => act.at < now).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of order) await run(at);
}

async function publishAt(db: Db, requirements: readonly Requirement[], at: Date): Promise<void> {
  await db.transaction(async (tx) =>
    recordEvents(tx, system, await publishRequirements(tx, requirements, at), at),
  );
}

/** What one person did for one requirement, by chance that depends on who they are. */
function studies(
  db: Db,
  who: Person,
  slug: string,
  checks: readonly WrittenCheck[],
  span: { from: Date; now: Date },
): Act[] {
  const random = generator(`${who.id}/${slug}`);
  const actor: Actor = { id: who.id, name: who.name, roles: who.roles };
  const study = (at: Date, share: number): Act => ({
    at,
    run: (then) => readLessons(db, actor, slug, share, then),
  });
  const attempt = (at: Date, pass: boolean): Act[] => [
    {
      at: new Date(at.getTime() - 16 * minute),
      run: (then) => beginAssessment(db, actor, slug, checks, Math.floor(random() * 2 ** 31), then),
    },
    { at, run: (then) => finishAssessment(db, actor, slug, pass, then) },
  ];
  const whole = (at: Date, fails: boolean): Act[] => [
    study(new Date(at.getTime() - (fails ? 3 * day : 90 * minute)), 1),
    ...(fails ? attempt(new Date(at.getTime() - 2 * day), false) : []),
    ...attempt(at, true),
  ];
  const after = (days: number): Date =>
    atWork(new Date(span.from.getTime() + Math.floor(days) * day), random());
  const length = (span.now.getTime() - span.from.getTime()) / day;
  const fails = random() < 0.15;
  const roll = fixed[who.id]?.[slug] ?? random();
  if (length < 60) {
    if (roll < 0.45) return whole(after(3 + random() * (length - 5)), fails && length > 12);
    return roll < 0.7 ? [study(after(2 + random() * (length - 4)), 0.2 + random() * 0.6)] : [];
  }
  if (roll < 0.58) {
    const first = 4 + random() * 32;
    const renewed = first + 365 - 55 + random() * 50;
    return [
      ...whole(after(first), fails),
      ...(renewed < length - 1 ? whole(after(renewed), random() < 0.1) : []),
    ];
  }
  if (roll < 0.74) return whole(after(65 + random() * 40), fails);
  if (roll < 0.84) return whole(after(5 + random() * 20), fails);
  if (roll < 0.92) return whole(after(120 + random() * (length - 140)), fails);
  return roll < 0.96 ? [study(after(20), 0.3)] : [];
}

/** Those who can sign in stand where a visitor sees something: see `studies` for what the numbers mean. */
const fixed: Record<string, Record<string, number>> = {
  "p-mila": { "ai-awareness-yearly": 0.8 },
  "p-tomasz": { "ai-awareness-yearly": 0.1, "ai-engineering-yearly": 0.6 },
  "p-dana": { "ai-awareness-yearly": 0.7, "ai-people-managers-yearly": 0.9 },
  "p-ines": { "ai-awareness-yearly": 0.1, "ai-people-managers-yearly": 0.1 },
  "p-ravi": { "ai-awareness-yearly": 0.1 },
  "p-arjun": { "ai-engineering-yearly": 0.99 },
  "p-grace": { "ai-customer-support-yearly": 0.99 },
  "p-sander": { "ai-customer-support-yearly": 0.99 },
  "p-thandi": { "ai-customer-support-yearly": 0.99 },
  "p-noor": { "ai-awareness-yearly": 0.9 },
  "p-august": { "ai-awareness-yearly": 0.1 },
  "p-sofia": { "ai-awareness-yearly": 0.1, "ai-engineering-yearly": 0.9 },
};

/** Reads the first `share` of the lessons, a part every 40 seconds up to `at`. */
async function readLessons(db: Db, actor: Actor, slug: string, share: number, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, slug);
    if (!enrolment || enrolment.period.completedAt) return;
    const random = generator(`${enrolment.period.number}/${actor.id}/${slug}`);
    const parts = enrolment.module.body.lessons.flatMap((lesson) =>
      lesson.parts.map((part, position) => ({ lesson, part, position })),
    );
    const taken = await stepsOf(tx, [enrolment.period.id]);
    const chosen = parts.slice(taken.length, Math.ceil(parts.length * share));
    const steps = chosen.map(({ lesson, part, position }, i) => ({
      lesson,
      part: position,
      response: part.kind === "question" ? responseTo(part.item, random, 0.8) : null,
      at: new Date(at.getTime() - (chosen.length - i) * 40_000),
    }));
    const { entries } = await recordSteps(tx, enrolment, taken, steps, at);
    await recordEvents(tx, actor, entries, at);
  });
}

async function beginAssessment(
  db: Db,
  actor: Actor,
  slug: string,
  checks: readonly WrittenCheck[],
  seed: number,
  at: Date,
): Promise<void> {
  const enrolment = await enrolmentFor(db, actor.id, slug);
  if (!enrolment || enrolment.period.completedAt) return;
  const policies = enrolment.module.body.acknowledges;
  const random = generator(`${actor.id}/${slug}/policies`);
  await acknowledgeAll(db, actor, { requirement: slug, policies }, checks, random, at);
  await startAssessment(db, actor, { requirement: slug, seed }, at);
}

/** Answers and submits what was begun. */
async function finishAssessment(db: Db, actor: Actor, slug: string, pass: boolean, at: Date): Promise<void> {
  const enrolment = await enrolmentFor(db, actor.id, slug);
  const attempts = enrolment ? await attemptsOf(db, [enrolment.period.id]) : [];
  const row = attempts.find((one) => one.submittedAt === null);
  if (!row) return;
  const { body } = await moduleOf(db, row);
  const random = generator(row.form.items.map((entry) => entry.item).join("/"));
  const items = row.form.items.map((entry) => itemOf(body, entry));
  const responses = items.map((item) => responseTo(item, random, pass ? 0.93 : 0.55));
  const { passMark } = body.assessment;
  const score = () => scaledScore(items.map((item, i) => markItem(item, responses[i] ?? null)));
  for (let i = 0; i < items.length && passes(score(), passMark) !== pass; i++) {
    const item = items[i];
    if (item) responses[i] = responseTo(item, random, pass ? 1 : 0);
  }
  await db.insert(answer).values(
    responses.map((response, position) => ({
      attemptId: row.id,
      position,
      response,
      savedAt: new Date(row.startedAt.getTime() + (position + 1) * 40_000),
      revision: 1,
    })),
  );
  await submitAssessment(db, actor, { attemptId: row.id }, at);
}

/** The right answer with probability `skill`, else a wrong one. */
function responseTo(item: Item, random: () => number, skill: number): Response {
  const right = random() < skill;
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return right
        ? item.options.filter((o) => o.correct).map((o) => o.id)
        : item.options
            .filter((o) => !o.correct)
            .slice(0, 1)
            .map((o) => o.id);
    case "mark_up":
      return item.passages.filter((p) => p.correct === right).map((p) => p.id);
    case "short_answer":
      return right ? (item.accepted.find((one) => !one.includes("*")) ?? "?") : "?";
    case "branching":
      return right ? bestPath(item) : { [item.start]: item.nodes[0]?.options.at(-1)?.id ?? "" };
    case "true_false":
      return [String(item.answer === right)];
    case "ordering": {
      const ids = item.elements.map((e) => e.id);
      return right ? ids : [...ids.slice(1), ...ids.slice(0, 1)];
    }
    case "matching": {
      const ids = item.pairs.map((p) => p.id);
      return Object.fromEntries(ids.map((id, i) => [id, (right ? id : ids[(i + 1) % ids.length]) ?? id]));
    }
    case "scenario":
      return Object.fromEntries(
        item.steps.map((step) => [step.id, step.options.find((o) => o.correct === right)?.id ?? ""]),
      );
  }
}

/** What some have asked lately; the last two of them want a reviewer. */
function questions(db: Db, people: readonly Person[], now: Date): Act[] {
  const asked: { id: string; hoursAgo: number; text: string; open?: boolean }[] = [
    { id: "p-lars", hoursAgo: 140, text: "Can I use Brieflet to summarise a public report on river water?" },
    { id: "p-piotr", hoursAgo: 96, text: "Can I paste our source code into ChatGPT to find a bug?" },
    {
      id: "p-dana",
      hoursAgo: 52,
      text: "Can a tool tell from their voices how stressed my colleagues are in support calls?",
    },
    {
      id: "p-yasmin",
      hoursAgo: 30,
      text: "May Hirelens rank the applicants for the sensor technician post if I look at the top ten?",
      open: true,
    },
    {
      id: "p-agnieszka",
      hoursAgo: 5,
      text: "Could Datawright show me which engineers close the fewest tickets, for the appraisals?",
      open: true,
    },
  ];
  return asked.flatMap(({ id, hoursAgo, text, open }) => {
    const who = people.find((one) => one.id === id);
    if (!who) return [];
    const actor: Actor = { id: who.id, name: who.name, roles: who.roles };
    const moment = atWork(new Date(now.getTime() - hoursAgo * 60 * minute), hoursAgo / 150);
    const run = async (at: Date): Promise<void> => {
      const stored = await ask(db, actor, { text }, { model: null }, at);
      if (open && stored.ok) await openCaseFor(db, actor, { questionId: stored.questionId }, at);
    };
    // Before office hours the newest question is yesterday's.
    return [{ at: moment < now ? moment : new Date(moment.getTime() - 3 * day), run }];
  });
}

/** The same day between 8:00 and 16:00 UTC, on the Friday before where it is a weekend. */
function atWork(on: Date, share: number): Date {
  const weekday = on.getUTCDay();
  const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  const midnight = Date.UTC(on.getUTCFullYear(), on.getUTCMonth(), on.getUTCDate() - back);
  return new Date(midnight + (8 + share * 8) * 60 * minute);
}

/** Two who are on leave. */
async function waive(db: Db, people: readonly Person[], at: Date, now: Date): Promise<void> {
  const hr = people.find((one) => one.roles.includes("hr"));
  if (!hr) return;
  const actor: Actor = { id: hr.id, name: hr.name, roles: hr.roles };
  const until = new Date(now.getTime() + 90 * day).toISOString().slice(0, 10);
  for (const id of ["p-mei", "p-ruben"]) {
    const enrolment = await enrolmentFor(db, id, "ai-awareness-yearly");
    if (enrolment)
      await grantWaiver(
        db,
        actor,
        { periodId: enrolment.period.id, reason: "Parental leave; will take the training on return.", until },
        at,
      );
  }
}

/** Chance that is the same for the same text (FNV-1a into a linear congruential generator). */
function generator(text: string): () => number {
  let state = 2_166_136_261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
