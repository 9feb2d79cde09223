import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { DataFolderInUse } from "#db/client.server.ts";
import { type CredentialInput, credentialInput } from "#app/domain/lrs/credential.ts";
import { createCredential } from "#app/domain/lrs/credential.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { controlPath, readControl } from "#app/http/control.server.ts";
import type { Env } from "#app/platform/env.ts";
import { CannotStart, configuration, openConfigured } from "./database.ts";

const usage =
  "npm run lrs:credential -- --name NAME --scope SCOPE [--scope SCOPE …] [--rate REQUESTS-A-MINUTE] [--body-limit BYTES]";

/** A server may be starting or ending, and another terminal may hold the folder for a moment. */
const patience = { tries: 60, pauseMs: 500 };

const pair = z.object({ key: z.string(), secret: z.string() });
type Pair = z.infer<typeof pair>;
/** What a running server says. */
const answer = z.union([pair, z.object({ refusal: z.string() })]);

try {
  const input = given(process.argv.slice(2));
  const { key, secret } = await created(configuration(), input);
  process.stdout.write(`${key}:${secret}\n`);
} catch (error) {
  if (!(error instanceof CannotStart || error instanceof DataFolderInUse)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** What was asked for on the command line. Throws {@link CannotStart} that names the option and the mend. */
function given(args: string[]): CredentialInput {
  const options = {
    name: { type: "string" },
    scope: { type: "string", multiple: true },
    rate: { type: "string" },
    "body-limit": { type: "string" },
  } as const;
  const optionOf: Record<keyof CredentialInput, keyof typeof options> = {
    name: "name",
    scopes: "scope",
    ratePerMinute: "rate",
    bodyLimitBytes: "body-limit",
  };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch {
    throw new CannotStart(`The options cannot be read. Write: ${usage}`);
  }
  const result = credentialInput.safeParse(
    Object.fromEntries(Object.entries(optionOf).map(([field, option]) => [field, values[option]])),
  );
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const option = optionOf[issue?.path[0] as keyof CredentialInput];
  throw new CannotStart(`--${option}: ${issue?.message}`);
}

/** Creates the client in the database, or through the server that holds it. */
async function created(env: Env, input: CredentialInput): Promise<Pair> {
  for (let tries = 1; ; tries++) {
    try {
      return await createdHere(env, input);
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
      const made = await createdThere(env, input);
      if (made) return made;
      if (tries === patience.tries) throw error;
      if (tries === 1) console.error(`${error.message} Waiting …`);
      await setTimeout(patience.pauseMs);
    }
  }
}

async function createdHere(env: Env, input: CredentialInput): Promise<Pair> {
  const database = await openConfigured(env, (line) => console.error(line));
  try {
    await database.migrate();
    return await createCredential(database.db, system, input, new Date(), randomBytes);
  } finally {
    await database.close();
  }
}

/** Asks the running server; null when there is none yet or any more. Throws {@link CannotStart} when it refuses or fails. */
async function createdThere(env: Env, input: CredentialInput): Promise<Pair | null> {
  const access = readControl(env.DATA_DIR);
  if (!access) return null;
  let response: Response;
  let said: z.infer<typeof answer>;
  try {
    response = await fetch(`${access.url}${controlPath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${access.token}`, "content-type": "application/json" },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(30_000),
    });
    said = answer.parse(await response.json());
  } catch (error) {
    if (isRefusedConnection(error)) return null;
    // Whether it was created is not known: trying again could leave a client whose secret nobody was told.
    throw new CannotStart(
      `The server at ${access.url} did not say whether it created the client. Look under LRS clients, and in its log.`,
    );
  }
  if ("key" in said) return said;
  // The token of the server that was there before.
  if (response.status === 403) return null;
  throw new CannotStart(said.refusal);
}

function isRefusedConnection(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
