import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { answer, attempt } from "#db/schema/learning.ts";
import type { Response } from "../content/item.ts";
import { goesOn } from "../content/branch.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { headIn, inAllLanguages, itemIn, languagesOf } from "../content/localised.ts";
import type { Module } from "../content/module.ts";
import { forReader } from "../content/reader.ts";
import { moduleById, type ModuleVersion } from "../content/publish.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { drawForm, type FormItem } from "./assessment.ts";
import { type AttemptKind, decides } from "./attempt-kind.ts";
import type { Confidence } from "./calibration.ts";
import { minutesFor, refresherBank } from "./refresher.ts";
import { dueAfter } from "./accommodation.ts";
import { isOpen, isTakenBack, lateSeconds, takenBack } from "./attempt.ts";
import { estimatesFor } from "./item-estimate.server.ts";
import { withEstimates } from "./item-estimate.ts";
import { metItems } from "./met-item.server.ts";
import { readerOf } from "./reader.server.ts";
import {
  choicesOf,
  type GivenResponse,
  presentItem,
  type PresentedItem,
  readResponse,
  showResponse,
} from "./presentation.ts";

export type AttemptRow = typeof attempt.$inferSelect;

/** The attempts of periods that decide about competence, in their order, for those who count, show or mark them. */
export async function attemptsOf(db: Db, registrations: readonly string[]): Promise<AttemptRow[]> {
  return (await formsOf(db, registrations)).filter((one) => decides(one.kind));
}

/** The attempts of every kind in periods: by period, then in the order they were begun. */
export function formsOf(db: Db, registrations: readonly string[]): Promise<AttemptRow[]> {
  if (registrations.length === 0) return Promise.resolve([]);
  return db
    .select()
    .from(attempt)
    .where(inArray(attempt.registration, [...registrations]))
    .orderBy(asc(attempt.registration), asc(attempt.startedAt), asc(attempt.number));
}

/** Draws and stores a new attempt, in the transaction of the caller, who has decided that it may begin. */
export async function openAttempt(
  tx: Db,
  input: {
    registration: string;
    personId: string;
    module: ModuleVersion;
    kind: AttemptKind;
    number: number;
    seed: number;
    /** What it asks; the module's blueprint but in a refresher. */
    blueprint: Module["assessment"]["blueprint"];
    /** By how much the time limit is multiplied; null: no limit. */
    timeFactor: number | null;
  },
  now: Date,
): Promise<AttemptRow> {
  const { module, blueprint, timeFactor, ...rest } = input;
  const used = await metItems(tx, input.personId, module.slug, now);
  const { assessment } = module.body;
  const estimates = await estimatesFor(tx, module, now);
  const all = withEstimates(module.body.items, estimates);
  const items = input.kind === "refresher" ? refresherBank(all, blueprint, used) : all;
  const drawn = drawForm({ items, assessment: { ...assessment, blueprint } }, input.seed, used);
  const form = Object.keys(estimates).length > 0 ? { ...drawn, estimates } : drawn;
  const row: AttemptRow = {
    ...rest,
    id: randomUUID(),
    moduleVersionId: module.id,
    form,
    startedAt: now,
    dueAt: dueAfter(minutesFor(assessment, form.items.length), timeFactor, now),
    submittedAt: null,
    score: null,
    passed: null,
  };
  await tx.insert(attempt).values(row);
  return row;
}

/** An attempt as its learner sees it: without keys, with what is saved so far. */
export type AttemptView = {
  id: string;
  /** Slug of the requirement it counts for. */
  requirement: string;
  moduleTitle: string;
  /** Of the title. */
  moduleLanguage: Language;
  kind: AttemptKind;
  number: number;
  startedAt: Date;
  /** Null: no time limit. */
  dueAt: Date | null;
  submittedAt: Date | null;
  /** Whether answers are still accepted. */
  open: boolean;
  /** 0..1 */
  passMark: number;
  /** The languages the module can be read in. */
  languages: Language[];
  items: {
    position: number;
    item: PresentedItem;
    /** The language the item is shown in. */
    language: Language;
    given: GivenResponse | null;
    /** How sure the learner said to be of it. */
    confidence: Confidence | null;
    revision: number;
  }[];
};

/**
 * The learner's own attempt, items in `language` where they are translated; null when there is none or it is somebody
 * else's. The form, the order of choices and what is saved are the same in every language.
 */
export async function attemptFor(
  db: Db,
  actor: Actor,
  attemptId: string,
  now: Date,
  language: Language = sourceLanguage,
): Promise<AttemptView | null> {
  const [row] = await db
    .select({ attempt, requirement: period.requirementSlug })
    .from(attempt)
    .innerJoin(period, eq(period.id, attempt.registration))
    .where(and(eq(attempt.id, attemptId), eq(attempt.personId, actor.id)));
  if (!row) return null;
  allow(actor, "learning.take", { personId: row.attempt.personId });
  const module = await moduleOf(db, row.attempt);
  const saved = await db.select().from(answer).where(eq(answer.attemptId, attemptId));
  const { id, kind, number, startedAt, dueAt, submittedAt, form } = row.attempt;
  const head = headIn(module.body, language);
  return {
    id,
    requirement: row.requirement,
    moduleTitle: head.title,
    moduleLanguage: head.language,
    languages: languagesOf(module.body),
    kind,
    number,
    startedAt,
    dueAt,
    submittedAt,
    open: isOpen(row.attempt, now),
    passMark: module.body.assessment.passMark,
    items: form.items.map((entry, position) => {
      const { item, language: shown } = itemIn(module.body, itemOf(module.body, entry), language);
      const kept = saved.find((one) => one.position === position);
      const response = kept && !isTakenBack(kept.response) ? kept.response : null;
      return {
        position,
        item: presentItem(item, entry, response),
        language: shown,
        given: response === null ? null : showResponse(item, entry, response),
        confidence: kept?.confidence ?? null,
        revision: kept?.revision ?? 0,
      };
    }),
  };
}

/**
 * Saves one answer, and how sure the learner is of it where they say so. `revision` is the one the form was drawn from (0 when nothing was saved): a tab that is behind is
 * refused with what is saved, so that it cannot overwrite a newer answer unseen. So is one that takes back a decision of a
 * branching scenario. `given` null takes the answer back, with how sure its learner was of it. Null when the attempt is not
 * the actor's.
 */
export async function saveAnswer(
  db: Db,
  actor: Actor,
  input: {
    attemptId: string;
    position: number;
    given: GivenResponse | null;
    /** Left as it is when undefined. */
    confidence?: Confidence | null;
    revision: number;
  },
  now: Date,
): Promise<
  | { ok: true; revision: number }
  | { ok: false; reason: "closed" | "unreadable" }
  | { ok: false; reason: "stale"; revision: number; given: GivenResponse }
  | null
> {
  return db.transaction(async (tx) => {
    // Locked, so that no answer is saved beside a submission.
    const [row] = await tx
      .select()
      .from(attempt)
      .where(and(eq(attempt.id, input.attemptId), eq(attempt.personId, actor.id)))
      .for("update");
    if (!row) return null;
    allow(actor, "learning.take", { personId: row.personId });
    if (!isOpen(row, now)) return { ok: false, reason: "closed" };
    const entry = row.form.items[input.position];
    if (!entry) return { ok: false, reason: "unreadable" };
    const item = itemOf((await moduleOf(tx, row)).body, entry);
    const response = input.given === null ? takenBack : readResponse(item, entry, input.given);
    if (response === null) return { ok: false, reason: "unreadable" };
    const [kept] = await tx
      .select()
      .from(answer)
      .where(and(eq(answer.attemptId, row.id), eq(answer.position, input.position)));
    if (!kept && input.given === null) return { ok: true, revision: 0 };
    const rated = input.confidence === undefined ? (kept?.confidence ?? null) : input.confidence;
    const confidence = input.given === null ? null : rated;
    if (kept && kept.confidence === confidence && JSON.stringify(kept.response) === JSON.stringify(response))
      return { ok: true, revision: kept.revision };
    const takesBack =
      kept && item.type === "branching" && !goesOn(choicesOf(kept.response), choicesOf(response));
    if (kept && (kept.revision !== input.revision || takesBack)) {
      return {
        ok: false,
        reason: "stale",
        revision: kept.revision,
        given: showResponse(item, entry, kept.response),
      };
    }
    const revision = (kept?.revision ?? 0) + 1;
    await tx
      .insert(answer)
      .values({ attemptId: row.id, position: input.position, response, confidence, savedAt: now, revision })
      .onConflictDoUpdate({
        target: [answer.attemptId, answer.position],
        set: { response, confidence, savedAt: now, revision },
      });
    return { ok: true, revision };
  });
}

/** The responses of an attempt by position; null where nothing was answered. */
export async function responsesOf(
  db: Db,
  row: Pick<AttemptRow, "id" | "form">,
): Promise<(Response | null)[]> {
  const saved = await db.select().from(answer).where(eq(answer.attemptId, row.id));
  return row.form.items.map((_, position) => {
    const response = saved.find((one) => one.position === position)?.response ?? null;
    return response === null || isTakenBack(response) ? null : response;
  });
}

/** Writes the marks of a submitted attempt, in the caller's transaction. */
export async function storeMarks(
  tx: Db,
  row: Pick<AttemptRow, "id">,
  marks: { scores: readonly number[]; score: number; passed: boolean | null; submittedAt: Date },
): Promise<void> {
  const { scores, ...set } = marks;
  await tx.update(attempt).set(set).where(eq(attempt.id, row.id));
  const values = sql.join(
    scores.map((score, position) => sql`(${position}::int, ${score}::real)`),
    sql`, `,
  );
  await tx.execute(sql`
    update answer set score = marks.score from (values ${values}) as marks (position, score)
    where attempt_id = ${row.id} and answer.position = marks.position`);
}

/** Ids of attempts whose time ran out without a submission, and for which none can be on its way any more. */
export async function overdueAttempts(db: Db, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - lateSeconds * 1000).toISOString();
  const rows = await db.execute(
    sql`select id from attempt where submitted_at is null and due_at < ${before}::timestamptz
      order by due_at limit 500`,
  );
  return rowsOf<{ id: string }>(rows).map((row) => row.id);
}

/** The version of the module an attempt was drawn from, as its learner reads it. */
export async function moduleOf(
  db: Db,
  row: Pick<AttemptRow, "moduleVersionId" | "registration">,
): Promise<ModuleVersion> {
  const module = await moduleById(db, row.moduleVersionId);
  if (!module) throw new Error(`no module version ${row.moduleVersionId}`);
  const reader = await readerOf(db, row.registration);
  // Items differ between readers only by the system they name.
  return reader.system ? { ...module, body: forReader(module.body, reader) } : module;
}

/**
 * The item a form names; a short answer counts in any language the module is translated into. Throws when the version does
 * not have it: forms are drawn from it.
 */
export function itemOf(module: Module, entry: FormItem): Module["items"][number] {
  const item = module.items.find((one) => one.id === entry.item);
  if (!item) throw new Error(`module ${module.slug} ${module.version} has no item ${entry.item}`);
  return inAllLanguages(module, item);
}
