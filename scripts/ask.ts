import { renameSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DataFolderInUse, type Db } from "#db/client.server.ts";
import { inquiryLines, type InquiryLine, verdictLine } from "#app/domain/assistant/inquiry-line.ts";
import { replyTo } from "#app/domain/assistant/inquiry.ts";
import { judgement } from "#app/domain/assistant/judgement.server.ts";
import { type Readers, type World, worldFor } from "#app/domain/assistant/reading.server.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { sentenceVectors } from "#app/platform/sentence-vector.ts";
import { modelFrom } from "#app/platform/model.ts";
import { CannotStart, configuration } from "./database.ts";
import { openRulebook } from "./rulebook.ts";
import { codeOf, mend, run, textOf } from "./terminal.ts";

// Judges a file of questions by the organisation's rules, register and policies; stores nothing but the file of verdicts.
const usage = "npm run ask -- --in questions.jsonl --out verdicts.jsonl [--model]";

/** Questions between two signs of life. */
const step = 50;

await run(async () => {
  const { values } = parseArgs({
    options: { in: { type: "string" }, out: { type: "string" }, model: { type: "boolean", default: false } },
  });
  const source = values.in ?? mend(`Name the file of questions: ${usage}`);
  const target = values.out ?? mend(`Name the file to write: ${usage}`);
  const read = inquiryLines(textOf(source));
  if (!read.ok) mend(`${source}, line ${read.line}: ${read.reason} Nothing was written.`);
  else await ask(read.lines, target, values.model);
  return true;
});

async function ask(lines: readonly InquiryLine[], target: string, withModel: boolean): Promise<void> {
  const began = Date.now();
  // Under its name there is never half a file; that it cannot be written is told before the work and not after.
  const part = `${target}.part`;
  write(part, "");
  try {
    const { db, model, close } = await opened(withModel);
    try {
      const verdicts = await judged(db, lines, { model, vectors: sentenceVectors() });
      write(part, verdicts.map((line) => `${line}\n`).join(""));
    } finally {
      await close();
    }
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.error(`${lines.length} questions were judged in ${seconds} s; the verdicts are in ${target}.`);
}

/** The rulebook and the model to use; what can be mended is told in a sentence. */
async function opened(withModel: boolean) {
  try {
    const env = configuration();
    const model = withModel ? modelFrom(env) : null;
    if (withModel && model === null)
      mend("--model needs MODEL_BASE_URL and MODEL_NAME. Set both, or leave it out.");
    const { db, close } = await openRulebook(env, new Date(), (line) => console.error(line));
    return { db, close, model };
  } catch (error) {
    const known = [CannotStart, ContentError, DataFolderInUse].some((kind) => error instanceof kind);
    if (known && error instanceof Error) return mend(error.message);
    throw error;
  }
}

async function judged(db: Db, lines: readonly InquiryLine[], readers: Readers): Promise<string[]> {
  const now = new Date();
  const worlds = new Map<string, World>();
  const verdicts: string[] = [];
  for (const { id, text, earlier, groups } of lines) {
    const key = JSON.stringify(groups.toSorted());
    const world = worlds.get(key) ?? (await worldFor(db, groups, now));
    worlds.set(key, world);
    verdicts.push(verdictLine(id, replyTo(await judgement(db, { text, earlier }, world, readers))));
    if (verdicts.length % step === 0) console.error(`${verdicts.length} of ${lines.length} …`);
  }
  return verdicts;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    mend(`${path} cannot be written (${codeOf(error)}).`);
  }
}
