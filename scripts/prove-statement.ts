import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { proveStatement } from "#app/domain/audit/proof.server.ts";
import { openStore } from "./evidence-store.ts";
import { codeOf, mend, run } from "./terminal.ts";

const refusals = {
  unknown: "There is no statement with this id.",
  unsealed: "This statement is not sealed yet. Seals are made every hour while the server runs.",
};

// npm run prove-statement -- ID --out proof.json: writes the proof that one statement is sealed.
await run(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
  const id = z.uuid().safeParse(positionals[0]?.toLowerCase()).data;
  const out = values.out;
  if (id === undefined || out === undefined || positionals.length > 1)
    return mend(
      "Name one statement by its id and the file to write: npm run prove-statement -- ID --out proof.json",
    );
  const store = await openStore();
  try {
    const outcome = await proveStatement(store.db, id);
    if (!outcome.ok) {
      console.log(outcome.reason === "damaged" ? outcome.fault : refusals[outcome.reason]);
      return false;
    }
    write(out, `${JSON.stringify(outcome.proof, null, 2)}\n`);
    console.log(`The proof that statement ${id} is under seal ${outcome.proof.seal.number} is in ${out}.`);
    return true;
  } finally {
    await store.close();
  }
});

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    mend(`${path} cannot be written (${codeOf(error)}).`);
  }
}
