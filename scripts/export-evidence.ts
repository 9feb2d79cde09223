import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { evidenceText } from "#app/domain/evidence/seal-log.server.ts";
import { openStore } from "./evidence-store.ts";
import { codeOf, mend, run } from "./terminal.ts";

// npm run export-evidence -- --out FILE: writes all evidence to a file that verify-evidence reads; compressed if it ends in .gz.
await run(async () => {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const out =
    values.out ?? mend("Name the file to write: npm run export-evidence -- --out evidence.jsonl.gz");
  const store = await openStore();
  // Under its name there is never half a file.
  const part = `${out}.part`;
  let lines = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const line of evidenceText(store.db, new Date())) {
      lines += 1;
      yield line;
    }
  }
  try {
    // It holds answers of people and those that were right: for this account alone.
    const file = createWriteStream(part, { mode: 0o600 });
    const source = Readable.from(counted());
    await (out.endsWith(".gz") ? pipeline(source, createGzip(), file) : pipeline(source, file));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && "syscall" in error) mend(`${out} cannot be written (${codeOf(error)}).`);
    throw error;
  } finally {
    await store.close();
  }
  console.log(`${lines.toLocaleString("en-GB")} lines of evidence are in ${out}.`);
  return true;
});
