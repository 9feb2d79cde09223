import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { system } from "#app/domain/people/permission.ts";
import { sha256 } from "#app/domain/audit/event.ts";
import { buildPack } from "#app/domain/pack/build.server.ts";
import { PackFault } from "#app/domain/pack/part.server.ts";
import { drawNew } from "#app/domain/pack/sample.server.ts";
import { sampleInput, sampleRefusalWords } from "#app/domain/pack/sample.ts";
import { isAhead, packInput, packScope, scopeSentence } from "#app/domain/pack/scope.ts";
import { readEnv } from "#app/platform/env.ts";
import { SealKeyError, sealKeyFrom } from "#app/platform/seal-key.ts";
import { openStore } from "./evidence-store.ts";
import { ladderIn, verifierText, version } from "./pack-tools.ts";
import { mend, run } from "./terminal.ts";

const usage =
  "npm run export-pack -- --out pack.zip [--from DAY --until DAY] [--department NAME …] [--requirement SLUG …] [--sample N [--seed TEXT]]";

// Makes an audit pack at the terminal. Ended before it is whole, the same command goes on where it was.
await run(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      from: { type: "string" },
      until: { type: "string" },
      department: { type: "string", multiple: true },
      requirement: { type: "string", multiple: true },
      sample: { type: "string" },
      seed: { type: "string" },
    },
  });
  const out = values.out ?? mend(`Name the file to write: ${usage}`);
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  const until = values.until ?? today;
  const asked = packInput.safeParse({
    from: values.from ?? `${Number(until.slice(0, 4)) - 1}${until.slice(4)}`.replace("-02-29", "-02-28"),
    until,
    departments: values.department ?? [],
    requirements: values.requirement ?? [],
  });
  if (!asked.success) mend(`${asked.error.issues[0]?.message ?? ""} ${usage}`);
  if (isAhead(asked.data, now)) mend(`--until names a day that has not come yet. ${usage}`);
  const scope = packScope(asked.data, null, { keys: true, samples: "all" }, now);
  if (!scope) mend(usage);
  const signer = signerHere();
  const store = await openStore();
  try {
    // A build that goes on has its sample already.
    if (values.sample !== undefined && !existsSync(`${out}.parts`))
      await draw(store.db, values, asked.data, now);
    // What is drawn at this moment belongs to it.
    const order = {
      id: sha256(JSON.stringify([asked.data, values.sample ?? null, values.seed ?? null])),
      scope,
      requestedBy: { id: system.id, name: "the terminal" },
      madeAt: now,
    };
    const terminal = process.stderr.isTTY;
    const built = await buildPack(store.db, signer, order, {
      folder: `${out}.parts`,
      out,
      verifier: verifierText(),
      product: version(),
      reminders: ladderIn(readEnv(process.env).CONTENT_DIR),
      progress: async (done, total) => {
        if (terminal) process.stderr.write(`\r${done} of ${total} files`);
      },
    });
    if (terminal) process.stderr.write("\n");
    console.log(scopeSentence(built.order.scope));
    console.log(
      `${built.people} people, ${built.files} files, ${built.bytes.toLocaleString("en-GB")} bytes are in ${out}.`,
    );
    console.log(`SHA-256 ${built.sha256}`);
    console.log(`Check it: npm run verify-pack -- ${join(out)} --key-fingerprint ${signer.keyId}`);
    return true;
  } catch (error) {
    if (error instanceof PackFault) mend(error.message);
    throw error;
  } finally {
    await store.close();
  }
});

function signerHere(): ReturnType<typeof sealKeyFrom>["signer"] {
  try {
    return sealKeyFrom(readEnv(process.env)).signer;
  } catch (error) {
    if (error instanceof SealKeyError) mend(error.message);
    throw error;
  }
}

type Store = Awaited<ReturnType<typeof openStore>>["db"];

async function draw(
  db: Store,
  { sample, seed }: { sample?: string; seed?: string },
  of: { until: string; departments: string[]; requirements: string[] },
  now: Date,
): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const input = sampleInput.safeParse({
    purpose: "Drawn at the terminal",
    department: of.departments[0] ?? "",
    requirement: of.requirements[0] ?? "",
    state: "",
    asAt: of.until < today ? of.until : today,
    size: sample,
    seed: seed ?? "",
  });
  if (!input.success) mend(`--sample, --seed: ${input.error.issues[0]?.message ?? ""}`);
  const drawn = await drawNew(db, system, input.data, now);
  if (!drawn.ok) mend(sampleRefusalWords[drawn.reason]);
}
