let last: Promise<void> = Promise.resolve();

/**
 * Resolves once every caller before had its turn of the event loop, one caller a turn. Work that keeps the processor for
 * some milliseconds waits for it, so that between two pieces of it the database and other clients are heard: a transaction
 * under way holds the store, and each of its answers would else wait behind all the work there is.
 */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
