import type { Job, WorkerServices } from "./schedule.ts";

type Log = { error(fields: Record<string, unknown>, message: string): void };

/**
 * Runs each job at once and then again and again, never twice at the same time. A job that fails is logged and tried at its
 * next turn. `stop` starts nothing more and resolves when what is running has ended.
 */
export function startLoop(
  jobs: readonly Job[],
  services: WorkerServices,
  log: Log,
): { stop(): Promise<void> } {
  const timers = new Map<Job, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const turn = async (job: Job): Promise<void> => {
    try {
      await job.run(services);
    } catch (error) {
      log.error({ err: error, job: job.name }, "job failed");
    }
  };
  const start = (job: Job): void => {
    const run = turn(job).then(() => {
      running.delete(run);
      if (!stopped) timers.set(job, setTimeout(start, job.everySeconds * 1000, job));
    });
    running.add(run);
  };

  jobs.forEach(start);
  return {
    async stop() {
      stopped = true;
      timers.forEach((timer) => clearTimeout(timer));
      await Promise.all(running);
    },
  };
}
