import { and, count, eq, gte, inArray, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent } from "#db/schema/actions.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { period } from "#db/schema/competence.ts";
import { concern, concernEvent } from "#db/schema/concerns.ts";
import { policyVersion } from "#db/schema/content.ts";
import { evaluationVerdict } from "#db/schema/effectiveness.ts";
import { attempt } from "#db/schema/learning.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { verifyChain } from "../audit/event.server.ts";
import { newestSeal } from "../audit/seal.server.ts";
import { stateCounts } from "../competence/board.ts";
import { currentRequirements } from "../competence/requirement.server.ts";
import { newestModule } from "../content/publish.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import type { RiskClass } from "../register/terms.ts";
import { acknowledgementOf } from "../policies/acknowledgement.ts";
import { coverageAndExpiring, peopleAsked } from "./coverage-series.server.ts";
import { evaluations } from "./evaluation-view.server.ts";
import { type Compared, medianOf, momentsOf, type ReviewFigures, seriesDays } from "./review.ts";

type Span = { from: string; until: string };
type Moments = ReturnType<typeof momentsOf>;

/** The figures of a management review for a period, from stored facts. `check` walks the whole audit chain. */
export async function reviewFigures(
  db: Db,
  actor: Actor,
  input: Span & { check: boolean },
  now: Date,
): Promise<ReviewFigures> {
  allow(actor, "review.read", {});
  const moments = momentsOf(input);
  return {
    from: input.from,
    until: input.until,
    ...(await coverageFigures(db, input, moments, now)),
    // A cycle that carries a competence on was not completed itself.
    completions: await compared(db, period.completedAt, moments, isNull(period.carriedFrom)),
    firstAttempts: await firstAttempts(db, moments),
    evaluations: await evaluationFigures(db, moments, now),
    cases: await caseFigures(db, moments),
    actions: await actionFigures(db, moments, input.until),
    concerns: await concernFigures(db, moments),
    acknowledgements: await acknowledgementFigures(db, input.until, capped(moments.end, now)),
    audit: await auditFigures(db, moments, input.check),
  };
}

/** The end of a day, or now while it has not ended. */
const capped = (end: Date, now: Date): Date => (end < now ? end : now);

const endOf = (day: string, now: Date): Date =>
  capped(new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000), now);

async function coverageFigures(
  db: Db,
  span: Span,
  { start, end }: Moments,
  now: Date,
): Promise<Pick<ReviewFigures, "requirements" | "expiring">> {
  const days = seriesDays(span);
  const requirements = await currentRequirements(db);
  const slugs = requirements.map((one) => one.slug);
  const { states: found, expiring } = await coverageAndExpiring(
    db,
    { requirements: slugs },
    [...days.map((day) => endOf(day, now)), start],
    { at: capped(end, now), days: [30, 60, 90] },
  );
  const none = stateCounts([]);
  return {
    requirements: requirements.map(({ slug, title }) => {
      const counts = found.get(slug) ?? [];
      const series = days.map((on, i) => ({ on, counts: counts[i] ?? none }));
      return {
        slug,
        title,
        series,
        compared: { now: series.at(-1)?.counts ?? none, before: counts.at(-1) ?? none },
      };
    }),
    expiring,
  };
}

/** How many rows have their moment in the period, and in the one before it. */
async function compared(db: Db, at: PgColumn, moments: Moments, also?: SQL): Promise<Compared> {
  const within = (from: Date, until: Date): SQL<number> =>
    sql<number>`count(*) filter (where ${and(gte(at, from), lt(at, until))})::int`;
  const [row] = await db
    .select({ now: within(moments.start, moments.end), before: within(moments.before, moments.start) })
    .from(at.table)
    .where(also);
  return row ?? { now: 0, before: 0 };
}

async function firstAttempts(db: Db, moments: Moments): Promise<ReviewFigures["firstAttempts"]> {
  const first = and(eq(attempt.number, 1), inArray(attempt.kind, ["assessment", "refresher"]));
  const n = await compared(db, attempt.submittedAt, moments, first);
  const passed = await compared(db, attempt.submittedAt, moments, and(first, eq(attempt.passed, true)));
  return {
    now: { n: n.now, passed: passed.now },
    before: { n: n.before, passed: passed.before },
  };
}

async function evaluationFigures(
  db: Db,
  { start, end }: Moments,
  now: Date,
): Promise<ReviewFigures["evaluations"]> {
  const all = await evaluations(db, system, now);
  const decided = await db
    .select({ id: evaluationVerdict.evaluationId })
    .from(evaluationVerdict)
    .where(and(gte(evaluationVerdict.decidedAt, start), lt(evaluationVerdict.decidedAt, end)));
  const ids = new Set(decided.map((one) => one.id));
  return {
    decided: all.flatMap(({ id, number, criterion, outcome, verdict, late }) =>
      ids.has(id) && outcome && verdict
        ? [{ id, number, title: criterion.title, outcome, verdict, late }]
        : [],
    ),
    running: all.filter((one) => one.state === "running").length,
    due: all.filter((one) => one.state === "due").length,
  };
}

async function caseFigures(db: Db, moments: Moments): Promise<ReviewFigures["cases"]> {
  // Cases that content brought are teaching material of the organisation, not its work of the period.
  const own = isNull(reviewCase.contentId);
  const { start, end, before } = moments;
  const decided = await db
    .select({ openedAt: reviewCase.openedAt, decidedAt: reviewCase.decidedAt })
    .from(reviewCase)
    .where(and(own, gte(reviewCase.decidedAt, before), lt(reviewCase.decidedAt, end)));
  const hours = (from: Date, until: Date): number | null =>
    medianOf(
      decided.flatMap(({ openedAt, decidedAt }) =>
        decidedAt && decidedAt >= from && decidedAt < until
          ? [(decidedAt.getTime() - openedAt.getTime()) / 3_600_000]
          : [],
      ),
    );
  const open = and(own, lt(reviewCase.openedAt, end), openAt(end));
  const [held] = await db
    .select({
      open: count(),
      overdue: sql<number>`count(*) filter (where ${and(lt(reviewCase.dueAt, end), ne(reviewCase.status, "information_requested"))})::int`,
    })
    .from(reviewCase)
    .where(open);
  const riskClass = sql<RiskClass>`${reviewCase.verdict} ->> 'riskClass'`;
  const byClass = await db
    .select({ riskClass, count: count() })
    .from(reviewCase)
    .where(and(own, gte(reviewCase.openedAt, start), lt(reviewCase.openedAt, end)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return {
    opened: await compared(db, reviewCase.openedAt, moments, own),
    decided: await compared(db, reviewCase.decidedAt, moments, own),
    medianHours: { now: hours(start, end), before: hours(before, start) },
    open: held?.open ?? 0,
    overdue: held?.overdue ?? 0,
    byClass,
  };
}

const openAt = (end: Date): SQL | undefined =>
  or(isNull(reviewCase.decidedAt), gte(reviewCase.decidedAt, end));

async function actionFigures(
  db: Db,
  moments: Moments,
  until: string,
): Promise<Required<ReviewFigures>["actions"]> {
  const last = sql`(select e.step from ${correctiveActionEvent} e
    where e.action_id = ${correctiveAction.id} and e.at < ${moments.end.toISOString()}::timestamptz
    order by e.position desc limit 1)`;
  const [open] = await db
    .select({
      open: count(),
      overdue: sql<number>`count(*) filter (where ${correctiveAction.dueOn} <= ${until})::int`,
      ofReviews: sql<number>`count(*) filter (where ${correctiveAction.source} = 'review')::int`,
    })
    .from(correctiveAction)
    .where(and(lt(correctiveAction.openedAt, moments.end), sql`${last} is distinct from 'closed'`));
  return {
    opened: await compared(db, correctiveAction.openedAt, moments),
    closed: await compared(db, correctiveActionEvent.at, moments, eq(correctiveActionEvent.step, "closed")),
    open: open?.open ?? 0,
    overdue: open?.overdue ?? 0,
    ofReviews: open?.ofReviews ?? 0,
  };
}

async function concernFigures(db: Db, moments: Moments): Promise<ReviewFigures["concerns"]> {
  const { start, end } = moments;
  const byKind = await db
    .select({ kind: concern.kind, count: count() })
    .from(concern)
    .where(and(gte(concern.at, start), lt(concern.at, end)))
    .groupBy(concern.kind)
    .orderBy(concern.kind);
  const closed = sql`exists (select 1 from ${concernEvent} where ${and(
    eq(concernEvent.concernId, concern.id),
    eq(concernEvent.kind, "closed"),
    lt(concernEvent.at, end),
  )})`;
  const [open] = await db
    .select({ n: count() })
    .from(concern)
    .where(and(lt(concern.at, end), sql`not ${closed}`));
  return { reported: await compared(db, concern.at, moments), byKind, open: open?.n ?? 0 };
}

/** Who must know a policy: whoever a requirement in force asks, whose newest module has it acknowledged. */
async function acknowledgementFigures(
  db: Db,
  until: string,
  at: Date,
): Promise<ReviewFigures["acknowledgements"]> {
  const askedBy = new Map<string, string[]>();
  for (const { slug, module } of await currentRequirements(db)) {
    const newest = await newestModule(db, module);
    for (const policy of newest?.body.acknowledges ?? [])
      askedBy.set(policy, [...(askedBy.get(policy) ?? []), slug]);
  }
  const { id, slug, title, version, effectiveFrom, material } = policyVersion;
  const versions = await db
    .select({ id, slug, title, version, effectiveFrom, material })
    .from(policyVersion)
    .where(inArray(policyVersion.slug, ["", ...askedBy.keys()]));
  const figures: ReviewFigures["acknowledgements"] = [];
  for (const [policy, requirements] of [...askedBy].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const own = versions.filter((one) => one.slug === policy);
    const counting = own.filter((one) => acknowledgementOf(own, new Map([[one.id, at]]), until)?.at);
    const inForce = acknowledgementOf(own, new Map(), until)?.version;
    if (!inForce) continue;
    const known = sql`exists (select 1 from ${acknowledgement} where ${and(
      sql`${acknowledgement.personId} = person.id`,
      inArray(
        acknowledgement.policyVersionId,
        counting.map((one) => one.id),
      ),
      lt(acknowledgement.at, at),
    )})`;
    const { people, holding } = await peopleAsked(db, requirements, at, known);
    figures.push({
      slug: policy,
      title: inForce.title,
      version: inForce.version,
      people,
      acknowledged: holding,
    });
  }
  return figures;
}

async function auditFigures(db: Db, moments: Moments, check: boolean): Promise<ReviewFigures["audit"]> {
  const [last] = await db
    .select({ seq: sql<number>`coalesce(max(${auditEvent.seq}), 0)::int` })
    .from(auditEvent);
  return {
    events: await compared(db, auditEvent.at, moments),
    links: last?.seq ?? 0,
    sealedUntil: (await newestSeal(db))?.auditSeq ?? 0,
    check: check ? await verifyChain(db) : null,
  };
}
