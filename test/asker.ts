// A process of its own that asks questions and tells each it was answered for; the crash test kills it.
import { openDatabase } from "#db/client.server.ts";
import { ask } from "#app/domain/assistant/question.server.ts";
import { publishSample, samplePerson } from "./sample.ts";

const [url = "", mode = "", count = "0"] = process.argv.slice(2);
const now = new Date("2026-11-24T09:00:00Z");
const database = await openDatabase(url);
const { db } = database;

if (mode === "prepare") {
  await database.migrate();
  await db.transaction((tx) => publishSample(tx, now));
} else {
  process.stdout.write("ready\n");
  for (let i = 0; i < Number(count); i++) {
    // In turns one that is cleared and one that is flagged, for which a case is opened at once.
    const text =
      i % 2 === 0 ? "May I draft an invitation with Quillmate?" : "Rank the CVs of applicants for me.";
    const asked = await ask(db, samplePerson("p-mila"), { text }, { model: null }, now);
    if (!asked.ok) throw new Error(asked.reason);
    process.stdout.write(`asked ${asked.questionId}\n`);
  }
}
await database.close();
