import type { Db } from "#db/client.server.ts";
import type { Outcome, PreparedBatch } from "#app/domain/lrs/statement-batch.ts";
import { storeBatches } from "#app/domain/lrs/statement-store.server.ts";
import { nextTurn } from "./turn.server.ts";

/** Stores a batch; answers once it is committed, with the moment through which the store was complete then. */
export type Ingest = (batch: PreparedBatch) => Promise<Ingested>;

export type Ingested = { outcome: Outcome; through: Date };

/** Statements of one transaction at most, so that nobody waits long behind others. */
const mostStatements = 1000;

type Waiting = {
  batch: PreparedBatch;
  resolve: (ingested: Ingested) => void;
  reject: (error: unknown) => void;
};

/**
 * Writes what arrives while a transaction is under way together in the next one. The store has one writer at a time
 * anyway, and a commit costs more than its rows: many clients then share it, each with an outcome of its own.
 */
export function ingestInto(db: Db, now: () => Date): Ingest {
  const waiting: Waiting[] = [];
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      // The embedded engine works in this thread: without a pause nobody else's request would be read meanwhile.
      await nextTurn();
      await nextTurn();
      await write(db, nextGroup(waiting), now);
    }
    busy = false;
  };
  return (batch) =>
    new Promise((resolve, reject) => {
      waiting.push({ batch, resolve, reject });
      if (!busy) void run();
    });
}

function nextGroup(waiting: Waiting[]): Waiting[] {
  let count = 0;
  let end = 0;
  while (end < waiting.length && (end === 0 || count < mostStatements)) {
    count += waiting[end]?.batch.statements.length ?? 0;
    end++;
  }
  return waiting.splice(0, end);
}

async function write(db: Db, group: Waiting[], now: () => Date): Promise<void> {
  try {
    const { outcomes, through } = await storeBatches(
      db,
      group.map((one) => one.batch),
      now(),
    );
    group.forEach((one, i) => {
      const outcome = outcomes[i];
      if (outcome) one.resolve({ outcome, through });
      else one.reject(new Error("a batch has no outcome"));
    });
  } catch (error) {
    const [only, ...others] = group;
    // One batch that cannot be written must not take its neighbours with it.
    if (others.length > 0) for (const one of group) await write(db, [one], now);
    else only?.reject(error);
  }
}
