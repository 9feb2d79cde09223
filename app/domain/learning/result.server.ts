import { and, asc, eq, gte, isNotNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { answer, attempt } from "#db/schema/learning.ts";
import { erasureRequest } from "#db/schema/privacy.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { headIn, itemIn } from "../content/localised.ts";
import { renderMarkdown } from "../content/markdown.ts";
import type { RevocationCategory } from "../evidence/certificate.ts";
import { clausesOf, policyInForce } from "../content/publish.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { itemOf, moduleOf, responsesOf } from "./attempt.server.ts";
import { isTakenBack } from "./attempt.ts";
import type { AttemptKind } from "./attempt-kind.ts";
import { type Calibration, calibrationOf, calibrationVerdict, type RatedAnswer } from "./calibration.ts";
import { type ExplainedItem, explainItem, scaledScore } from "./marking.ts";

/** A policy clause that an explanation rests on, as in force when the attempt was submitted. */
export type CitedClause = { slug: string; number: string; version: string; heading: string; html: string };

export type AttemptResult = {
  id: string;
  /** Slug of the requirement it counts for. */
  requirement: string;
  moduleTitle: string;
  /** Of the title and the objectives. */
  moduleLanguage: Language;
  kind: AttemptKind;
  number: number;
  submittedAt: Date;
  /** Submitted by the clock rather than by the learner. */
  timedOut: boolean;
  /** 0..1, like all scores here. */
  score: number;
  passed: boolean;
  /** How well the learner judged their answers; empty where they did not say. */
  calibration: Calibration;
  calibrated: ReturnType<typeof calibrationVerdict>;
  passMark: number;
  /** `lessons`: ids of those that teach it, in the edition the attempt was drawn from. */
  objectives: { id: string; text: string; score: number; items: number; lessons: string[] }[];
  items: (ExplainedItem & { language: Language })[];
  /** By `slug#number`. */
  clauses: Record<string, CitedClause>;
  certificateId: string | null;
  expiresAt: Date | null;
  /** That the answers were erased, and when where that is kept: then there are no items and nothing by objective. */
  erased: { at: Date | null } | null;
  /** That the certificate was revoked. */
  revoked: { at: Date; category: RevocationCategory | null } | null;
};

/** The learner's own result with every item explained; null while it is not submitted, or when it is somebody else's. */
export async function resultFor(
  db: Db,
  actor: Actor,
  attemptId: string,
  language: Language = sourceLanguage,
): Promise<AttemptResult | null> {
  const [row] = await db
    .select({
      attempt,
      period,
      certificateId: certificate.id,
      revokedAt: certificateRevocation.revokedAt,
      category: certificateRevocation.category,
    })
    .from(attempt)
    .innerJoin(period, eq(period.id, attempt.registration))
    .leftJoin(certificate, eq(certificate.registration, attempt.registration))
    .leftJoin(certificateRevocation, eq(certificateRevocation.certificateId, certificate.id))
    .where(and(eq(attempt.id, attemptId), eq(attempt.personId, actor.id), isNotNull(attempt.submittedAt)));
  if (!row || row.attempt.submittedAt === null) return null;
  allow(actor, "learning.take", { personId: row.attempt.personId });
  const { submittedAt, dueAt, form } = row.attempt;
  const module = await moduleOf(db, row.attempt);
  const responses = await responsesOf(db, row.attempt);
  const erased = responses.some((one) => one !== null)
    ? null
    : await erasureOf(db, { ...row.attempt, submittedAt });
  const items = (erased ? [] : form.items).map((entry, i) => {
    const { item, language: shown } = itemIn(module.body, itemOf(module.body, entry), language);
    return { ...explainItem(item, responses[i] ?? null), language: shown };
  });
  const head = headIn(module.body, language);
  const calibration = calibrationOf(await ratedAnswersOf(db, attemptId));
  const passed = row.attempt.passed === true;
  return {
    id: row.attempt.id,
    requirement: row.period.requirementSlug,
    moduleTitle: head.title,
    moduleLanguage: head.language,
    kind: row.attempt.kind,
    number: row.attempt.number,
    submittedAt,
    timedOut: submittedAt.getTime() === dueAt?.getTime(),
    score: row.attempt.score ?? 0,
    passed,
    calibration,
    calibrated: calibrationVerdict(calibration),
    passMark: module.body.assessment.passMark,
    objectives: (erased ? [] : head.objectives).map(({ id, text }) => {
      const own = items.filter((item) => item.objective === id);
      const lessons = module.body.lessons.filter((lesson) => lesson.objectives.includes(id));
      return {
        id,
        text,
        score: scaledScore(own.map((item) => item.score)),
        items: own.length,
        lessons: lessons.map((lesson) => lesson.id),
      };
    }),
    items,
    clauses: await cited(
      db,
      items.flatMap((item) => item.clause ?? []),
      submittedAt.toISOString().slice(0, 10),
    ),
    certificateId: passed ? row.certificateId : null,
    expiresAt: passed ? row.period.expiresAt : null,
    erased,
    revoked: passed && row.revokedAt !== null ? { at: row.revokedAt, category: row.category } : null,
  };
}

/** Of a submitted attempt without answers: the erasure that took them, or null where none were ever given. */
async function erasureOf(
  db: Db,
  of: { personId: string; submittedAt: Date; score: number | null },
): Promise<AttemptResult["erased"]> {
  const requests = await db
    .select({ decisions: erasureRequest.decisions, at: erasureRequest.decidedAt })
    .from(erasureRequest)
    .where(and(eq(erasureRequest.personId, of.personId), gte(erasureRequest.decidedAt, of.submittedAt)))
    .orderBy(asc(erasureRequest.decidedAt));
  const found = requests.find(({ decisions }) =>
    decisions?.some(({ category, erase }) => category === "answers" && erase),
  );
  if (found) return { at: found.at };
  // Of those who left, answers go with time: what scored was answered.
  return (of.score ?? 0) > 0 ? { at: null } : null;
}

async function cited(db: Db, refs: readonly string[], today: string): Promise<Record<string, CitedClause>> {
  const clauses: Record<string, CitedClause> = {};
  const slugs = new Set(refs.map((ref) => ref.split("#")[0] ?? ""));
  for (const slug of slugs) {
    const policy = await policyInForce(db, slug, today);
    if (!policy) continue;
    for (const { number, heading, text } of await clausesOf(db, policy.id)) {
      const ref = `${slug}#${number}`;
      if (refs.includes(ref))
        clauses[ref] = { slug, number, version: policy.version, heading, html: renderMarkdown(text) };
    }
  }
  return clauses;
}

/** The answers of a submitted attempt with how sure the learner said to be of each. */
async function ratedAnswersOf(db: Db, attemptId: string): Promise<RatedAnswer[]> {
  const saved = await db.select().from(answer).where(eq(answer.attemptId, attemptId));
  return saved
    .filter((one) => !isTakenBack(one.response))
    .map((one) => ({ score: one.score ?? 0, confidence: one.confidence }));
}
