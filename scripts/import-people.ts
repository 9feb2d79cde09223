import { existsSync, readFileSync } from "node:fs";
import { DataFolderInUse } from "#db/client.server.ts";
import { importAndAssign } from "#app/domain/competence/person-details.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { CannotStart, configuration, openConfigured } from "./database.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { readPeople } from "./content.ts";

const usage = "npm run import-people -- FILE.csv";

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new CannotStart(`Name the file. Write: ${usage}`);
  if (!existsSync(file)) throw new CannotStart(`There is no file ${file}. Write: ${usage}`);
  const now = new Date();
  const people = readPeople(readFileSync(file, "utf8"), file, now.toISOString().slice(0, 10));
  const database = await openConfigured(configuration(), (line) => console.error(line));
  try {
    await database.migrate();
    const { created, changed, opened, ended } = await importAndAssign(database.db, system, people, now);
    console.log(`${created} people added, ${changed} updated; ${opened} periods opened, ${ended} ended.`);
  } finally {
    await database.close();
  }
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof DataFolderInUse || error instanceof ContentError))
    throw error;
  console.error(error.message);
  process.exitCode = 1;
}
