import { parseArgs } from "node:util";
import { proofLines } from "#app/domain/audit/evidence-report.ts";
import { checkProof, parseProof } from "#app/domain/audit/proof.ts";
import { mend, run, textOf, trustedKeys } from "./terminal.ts";

// npm run verify-proof -- proof.json [--key PUBLIC.pem]: checks the proof of one statement, without a database or a network.
await run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: "string", multiple: true } },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    return mend("Name one proof: npm run verify-proof -- proof.json [--key PUBLIC.pem]");
  const trusted = trustedKeys(values.key ?? []);
  const read = parseProof(textOf(path));
  if (!read.ok) return failed(read.fault);
  const checked = checkProof(read.proof, trusted);
  if (!checked.ok) return failed(checked.fault);
  console.log(proofLines(read.proof, checked.seal, trusted.size > 0).join("\n"));
  return true;
});

function failed(fault: string): false {
  console.log(`FAULT: ${fault}`);
  return false;
}
