import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { evidenceCheck, parseEvidenceLine } from "#app/domain/audit/evidence-file.ts";
import { reportLines } from "#app/domain/audit/evidence-report.ts";
import { codeOf, mend, run, trustedKeys } from "./terminal.ts";

// npm run verify-evidence -- FILE [--key PUBLIC.pem]: checks exported evidence, without a database or a network.
await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string", multiple: true } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    mend("Name one file of evidence: npm run verify-evidence -- evidence.jsonl.gz [--key PUBLIC.pem]");
  const trusted = trustedKeys(values.key ?? []);
  const check = evidenceCheck(trusted);
  let fault: string | null = null;
  let number = 0;
  for await (const text of linesOf(path)) {
    number += 1;
    const parsed = parseEvidenceLine(text, number);
    if (!parsed.ok) fault = parsed.fault;
    if (!parsed.ok || !check.take(parsed.line)) break;
  }
  const report = check.report();
  fault ??= report.fault;
  console.log(reportLines({ ...report, fault }, trusted.size > 0).join("\n"));
  return fault === null;
});

/** The lines of a file, compressed or not. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const input = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  // An error of the file does not reach the stream it is piped to.
  if (input !== file) file.on("error", (error) => input.destroy(error));
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (error) {
    mend(`${path} cannot be read to its end (${codeOf(error)}).`);
  } finally {
    file.destroy();
  }
}
