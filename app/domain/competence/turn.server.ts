/**
 * How many readings of everybody run at once in a process: others find connections of the pool and processors free. Who
 * waits for a turn holds no connection, so this is asked outside of transactions.
 */
const atOnce = 3;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs a reading that goes through all periods when it is its turn, in the order asked. */
export async function inTurn<T>(read: () => Promise<T>): Promise<T> {
  if (running < atOnce) running++;
  else await new Promise<void>((begin) => waiting.push(begin));
  try {
    return await read();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
