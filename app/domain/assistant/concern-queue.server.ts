import { and, asc, count, desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { concern, concernEvent } from "#db/schema/concerns.ts";
import { person } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { readCode } from "../evidence/certificate.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import {
  type ConcernEventKind,
  type ConcernRefusal,
  type ConcernView,
  concernPageSize,
  mayHandle,
} from "./concern.ts";

const shown = {
  id: concern.id,
  number: concern.number,
  kind: concern.kind,
  text: concern.text,
  status: concern.status,
  at: concern.at,
};

export type Concern = Pick<typeof concern.$inferSelect, keyof typeof shown>;
export type ConcernRow = Concern & {
  /** Null for a report without a name. */
  reporter: string | null;
  acknowledged: boolean;
};

/**
 * A page of reports (from 1): `open` oldest first, `answered` and `closed` newest first, for reviewers; `mine` for
 * everybody, newest first. With what each view holds. Reports without a name are nobody's.
 */
export async function concernQueue(
  db: Db,
  actor: Actor,
  filter: { view: ConcernView; page: number },
): Promise<{ rows: ConcernRow[]; more: boolean; counts: Record<ConcernView, number> }> {
  const { view, page } = filter;
  if (view === "mine") allow(actor, "concern.read", { personId: actor.id });
  else allow(actor, "concern.handle", {});
  const where = (of: ConcernView) =>
    of === "mine" ? eq(concern.reporterId, actor.id) : eq(concern.status, of);
  const first = and(eq(concernEvent.concernId, concern.id), eq(concernEvent.position, 1));
  const rows = await db
    .select({ ...shown, reporter: person.name, first: concernEvent.id })
    .from(concern)
    .leftJoin(person, eq(person.id, concern.reporterId))
    .leftJoin(concernEvent, first)
    .where(where(view))
    .orderBy(...(view === "open" ? [asc(concern.at), asc(concern.number)] : newestFirst))
    .limit(concernPageSize + 1)
    .offset((page - 1) * concernPageSize);
  const held = async (of: ConcernView): Promise<number> => {
    if (of !== "mine" && !can(actor, "concern.handle", {})) return 0;
    const [row] = await db.select({ n: count() }).from(concern).where(where(of));
    return row?.n ?? 0;
  };
  return {
    rows: rows.slice(0, concernPageSize).map(({ first: event, ...row }) => ({
      ...row,
      acknowledged: event !== null,
    })),
    more: rows.length > concernPageSize,
    counts: {
      open: await held("open"),
      answered: await held("answered"),
      closed: await held("closed"),
      mine: await held("mine"),
    },
  };
}

const newestFirst = [desc(concern.at), desc(concern.number)];

export type ConcernStep = { id: string; kind: ConcernEventKind; at: Date; actor: string; note: string };

export type ConcernFile = {
  about: Concern;
  /** Null for a report without a name. */
  reporter: { name: string; title: string; department: string } | null;
  /** Oldest first, with the name of who acted. */
  history: ConcernStep[];
  /** The reader sent it under their name. */
  mine: boolean;
  /** What a reviewer may do with it; null for everybody else. */
  handling: { ok: true; mayAcknowledge: boolean } | { ok: false; reason: ConcernRefusal } | null;
};

/** A report as its named reporter and the reviewers see it; null for everybody else, as if it did not exist. */
export async function concernFor(db: Db, actor: Actor, concernId: string): Promise<ConcernFile | null> {
  const [row] = await db
    .select({ about: shown, reporter: person })
    .from(concern)
    .leftJoin(person, eq(person.id, concern.reporterId))
    .where(eq(concern.id, concernId));
  if (!row) return null;
  const { about, reporter } = row;
  const reporterId = reporter?.id ?? null;
  if (!can(actor, "concern.read", { personId: reporterId })) return null;
  const history = await historyOf(db, about.id);
  const taken = history.map((step) => step.kind);
  const standing = { reporterId, status: about.status };
  const mayAnswer = mayHandle(standing, actor.id, "answered", taken);
  const mayAcknowledge = mayHandle(standing, actor.id, "acknowledged", taken).ok;
  return {
    about,
    reporter: reporter && {
      name: reporter.name,
      title: reporter.title,
      department: reporter.department,
    },
    history,
    mine: reporterId === actor.id,
    handling: !can(actor, "concern.handle", {})
      ? null
      : mayAnswer.ok
        ? { ok: true, mayAcknowledge }
        : mayAnswer,
  };
}

/** What {@link followedUp} finds, for somebody signed in who may report. */
export async function concernByCode(db: Db, actor: Actor, typed: string): ReturnType<typeof followedUp> {
  allow(actor, "concern.report", { personId: actor.id });
  return followedUp(db, typed);
}

/**
 * The report without a name that a follow-up code stands for, however it was typed; null when there is none. The code alone
 * opens it, so that nobody has to sign in; who looks is not recorded: that would tell who wrote it.
 */
export async function followedUp(
  db: Db,
  typed: string,
): Promise<{ about: Omit<Concern, "id">; history: ConcernStep[] } | null> {
  const code = readCode(typed);
  if (code === null) return null;
  const [row] = await db
    .select(shown)
    .from(concern)
    .where(eq(concern.followUpHash, sha256(code)));
  if (!row) return null;
  const { id, ...about } = row;
  return { about, history: await historyOf(db, id) };
}

async function historyOf(db: Db, concernId: string): Promise<ConcernStep[]> {
  return db
    .select({
      id: concernEvent.id,
      kind: concernEvent.kind,
      at: concernEvent.at,
      actor: person.name,
      note: concernEvent.note,
    })
    .from(concernEvent)
    .innerJoin(person, eq(person.id, concernEvent.actorId))
    .where(eq(concernEvent.concernId, concernId))
    .orderBy(asc(concernEvent.position));
}
