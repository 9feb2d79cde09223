import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";
import { dumpTemplate } from "./template.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
    templatePath: string;
  }
}

/** One real PostgreSQL and one migrated PGlite image for the whole run; each test file copies from them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres();
  project.provide("postgresUrl", postgres.url);
  const template = await dumpTemplate(postgres.url);
  project.provide("templatePath", template);
  return async () => {
    rmSync(dirname(template), { recursive: true, force: true });
    await postgres.stop();
  };
}
