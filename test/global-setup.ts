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
  project.provide("templatePath", await dumpTemplate(postgres.url));
  return postgres.stop;
}
