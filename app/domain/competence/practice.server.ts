import { asc, eq, inArray } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Db } from "#db/client.server.ts";
import { practice, practiceAnswer } from "#db/schema/learning.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Item } from "../content/item.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { headIn, itemIn } from "../content/localised.ts";
import { answered } from "../evidence/module-statement.ts";
import { statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import type { ModuleVersion } from "../content/publish.server.ts";
import { attemptsOf, itemOf, moduleOf, responsesOf } from "../learning/attempt.server.ts";
import { hasOpenForm, metItems } from "../learning/met-item.server.ts";
import { type ExplainedItem, explainItem, markItem, scaledScore } from "../learning/marking.ts";
import { drawPractice, duePractice, type Review } from "../learning/practice.ts";
import {
  type GivenResponse,
  presentItem,
  type PresentedItem,
  readResponse,
} from "../learning/presentation.ts";
import type { Form } from "../learning/assessment.ts";
import { stepsOf } from "../learning/progress.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { standing } from "./assignment.ts";
import {
  type Enrolment,
  enrolmentFor,
  enrolmentsOf,
  lockedEnrolment,
  type PeriodRow,
  sittingOf,
} from "./enrolment.server.ts";

/** A practice that waits for its learner. */
export type DuePractice = {
  requirement: string;
  moduleTitle: string;
  /** Of the title. */
  language: Language;
  day: number;
  since: Date;
};

/** The practices that are due for the actor, by requirement. */
export async function duePractices(
  db: Db,
  actor: Actor,
  now: Date,
  language: Language = sourceLanguage,
): Promise<DuePractice[]> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolments = await enrolmentsOf(db, actor.id);
  const found = await Promise.all(
    enrolments.map(async (enrolment) => {
      const due = await dueOf(db, enrolment, now);
      if (!due) return [];
      const { title: moduleTitle, language: shown } = headIn(due.module.body, language);
      const { day, since } = due;
      return [{ requirement: enrolment.requirement.slug, moduleTitle, language: shown, day, since }];
    }),
  );
  return found.flat();
}

export type PracticeView = {
  requirement: { slug: string; title: string };
  moduleTitle: string;
  /** Of the title. */
  language: Language;
  day: number;
  /** Answered in full. */
  done: boolean;
  items: {
    position: number;
    item: PresentedItem;
    language: Language;
    /** With the key, once it is answered. */
    explained: ExplainedItem | null;
  }[];
};

/**
 * The practice of a requirement that is due for the actor, or the last one that was answered; null where there is
 * neither. Keys come only with what was answered.
 */
export async function practiceFor(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
  language: Language = sourceLanguage,
): Promise<PracticeView | null> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolment = await enrolmentFor(db, actor.id, slug);
  const shown = enrolment && ((await dueOf(db, enrolment, now)) ?? (await lastOf(db, enrolment)));
  if (!shown) return null;
  const { module, form, stored, day } = shown;
  const answers = stored ? await answersOf(db, stored.id) : [];
  const head = headIn(module.body, language);
  return {
    requirement: { slug, title: enrolment.requirement.title },
    moduleTitle: head.title,
    language: head.language,
    day,
    done: stored?.completedAt != null,
    items: form.items.map((entry, position) => {
      const { item, language: itemLanguage } = itemIn(module.body, itemOf(module.body, entry), language);
      const response = answers.find((one) => one.position === position)?.response;
      return {
        position,
        item: presentItem(item, entry),
        language: itemLanguage,
        explained: response === undefined ? null : explainItem(item, response),
      };
    }),
  };
}

/**
 * Marks and stores the answer to one item of the practice that is due, with its statement; what was answered feeds what
 * the next practice asks. The first answer stays: `otherwise` tells that it is not the one given now. Null when no practice is
 * due or it has no such item.
 */
export async function answerPractice(
  db: Db,
  actor: Actor,
  input: { requirement: string; position: number; given: GivenResponse },
  now: Date,
): Promise<{ ok: true; done: boolean; otherwise: boolean } | { ok: false; reason: "unreadable" } | null> {
  allow(actor, "learning.take", { personId: actor.id });
  return db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, input.requirement);
    const due = enrolment && (await dueOf(tx, enrolment, now));
    const entry = due?.form.items[input.position];
    if (!due || !entry) return null;
    const { module, form, day, period: row } = due;
    const item = itemOf(module.body, entry);
    const response = readResponse(item, entry, input.given);
    if (!response) return { ok: false, reason: "unreadable" };
    const id = due.stored?.id ?? randomUUID();
    const earlier = due.stored ? await answersOf(tx, id) : [];
    const first = earlier.find((one) => one.position === input.position);
    if (first) return { ok: true, done: false, otherwise: !isDeepStrictEqual(response, first.response) };
    if (!due.stored)
      await tx.insert(practice).values({
        id,
        registration: row.id,
        personId: row.personId,
        moduleVersionId: module.id,
        day,
        form,
        openedAt: now,
      });
    const score = markItem(item, response);
    await tx
      .insert(practiceAnswer)
      .values({ practiceId: id, position: input.position, response, score, at: now });
    const who = await statementContext(tx, row.personId);
    const stamp = { id: statementId(id, "answered", input.position), at: now };
    const statement = answered(who, sittingOf({ module }, id, id), { ...stamp, item, response, score });
    await recordStatements(tx, [statement], now);
    const done = earlier.length + 1 === form.items.length;
    if (!done) return { ok: true, done, otherwise: false };
    await tx.update(practice).set({ completedAt: now }).where(eq(practice.id, id));
    const scores = [...earlier.map((one) => one.score), score];
    const data = { personId: row.personId, registration: row.id, day, score: scaledScore(scores) };
    await recordEvents(
      tx,
      actor,
      [{ type: "practice.completed", subjectType: "practice", subjectId: id, data }],
      now,
    );
    return { ok: true, done, otherwise: false };
  });
}

type PracticeRow = typeof practice.$inferSelect;

type Shown = {
  period: PeriodRow;
  module: ModuleVersion;
  day: number;
  form: Form;
  /** Written with the first answer. */
  stored: PracticeRow | null;
};

/**
 * The practice due after the completion that stands for the learner. It waits while they have an attempt at the module open:
 * an answered practice shows keys.
 */
async function dueOf(db: Db, enrolment: Enrolment, now: Date): Promise<(Shown & { since: Date }) | null> {
  const row = standing(enrolment.periods, now);
  if (!row?.moduleVersionId) return null;
  const opened = await practicesOf(db, row, enrolment.periods);
  const done = opened.filter((one) => one.completedAt !== null).map((one) => one.day);
  const due = duePractice(row, done, now);
  if (!due || (await hasOpenForm(db, row.personId, enrolment.module.slug))) return null;
  const module = await moduleOf(db, { moduleVersionId: row.moduleVersionId, registration: row.id });
  const stored = opened.find((one) => one.day === due.day) ?? null;
  return {
    ...due,
    period: row,
    module,
    stored,
    form: stored?.form ?? (await formOf(db, row, enrolment.periods, module, due)),
  };
}

/** The last practice that was answered. */
async function lastOf(db: Db, enrolment: Enrolment): Promise<Shown | null> {
  for (const row of enrolment.periods.toReversed()) {
    const stored = (await practicesOf(db, row, enrolment.periods)).findLast(
      (one) => one.completedAt !== null,
    );
    if (stored) {
      const { day, form } = stored;
      return { period: row, module: await moduleOf(db, stored), day, form, stored };
    }
  }
  return null;
}

/** Drawn from what was answered until the practice fell due, so that each look at it shows the same items. */
async function formOf(
  db: Db,
  row: PeriodRow,
  periods: readonly PeriodRow[],
  module: ModuleVersion,
  due: { day: number; since: Date },
): Promise<Form> {
  const reviews = (await reviewsOf(db, row, periods, module)).filter((review) => review.at <= due.since);
  const met = await metItems(db, row.personId, module.slug, due.since);
  return drawPractice(module.body, reviews, met, `${row.id}/${due.day}`, due.since);
}

function practicesOf(db: Db, row: PeriodRow, periods: readonly PeriodRow[]): Promise<PracticeRow[]> {
  return db
    .select()
    .from(practice)
    .where(inArray(practice.registration, sameCompetence(row, periods)))
    .orderBy(asc(practice.day));
}

/** The periods that hold one completion: the one it was reached in, and those that carried it on. */
function sameCompetence(row: PeriodRow, periods: readonly PeriodRow[]): string[] {
  const root = row.carriedFrom ?? row.id;
  return periods.filter((one) => one.id === root || one.carriedFrom === root).map((one) => one.id);
}

/** What the learner has answered in a period: in lessons, in the assessment and in earlier practices. */
async function reviewsOf(
  db: Db,
  row: PeriodRow,
  periods: readonly PeriodRow[],
  module: ModuleVersion,
): Promise<Review[]> {
  const ids = sameCompetence(row, periods);
  const reviews: Review[] = [];
  const add = (item: Item | undefined, score: number, at: Date): void => {
    if (item) reviews.push({ item: item.id, objective: item.objective, score, at });
  };
  for (const step of await stepsOf(db, ids)) {
    const part = module.body.lessons.find((one) => one.id === step.lesson)?.parts[step.part];
    if (part?.kind === "question") add(part.item, step.correct ? 1 : 0, step.at);
  }
  for (const attempt of await attemptsOf(db, ids)) {
    const { submittedAt } = attempt;
    if (submittedAt === null) continue;
    const responses = await responsesOf(db, attempt);
    attempt.form.items.forEach((entry, i) => {
      const item = itemOf(module.body, entry);
      add(item, markItem(item, responses[i] ?? null), submittedAt);
    });
  }
  for (const earlier of await practicesOf(db, row, periods))
    for (const { position, score, at } of await answersOf(db, earlier.id))
      add(
        module.body.items.find((one) => one.id === earlier.form.items[position]?.item),
        score,
        at,
      );
  return reviews;
}

function answersOf(db: Db, practiceId: string) {
  return db
    .select()
    .from(practiceAnswer)
    .where(eq(practiceAnswer.practiceId, practiceId))
    .orderBy(asc(practiceAnswer.position));
}
