import { z } from "zod";
import { sealLine, sealOfLine } from "./evidence-file.ts";
import { isIncluded } from "./merkle.ts";
import { keyIdOf, type Seal, sealFault, statementLeaf } from "./seal.ts";

/** Proof that one statement is among those a seal covers: all that is needed to check it, without the store. */
export const statementProof = z.strictObject({
  kind: z.literal("clause7-proof"),
  version: z.literal(1),
  statement: z.strictObject({
    seq: z.int().positive(),
    id: z.uuid(),
    /** The statement's JSON text, to the byte; where the reader may not read it, its leaf stands in its place. */
    body: z.string().optional(),
    leaf: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  /** Place of the statement among the leaves of the seal, from 0. */
  index: z.int().nonnegative(),
  /** Hashes from the leaf's neighbour to the root's, in hexadecimal (RFC 9162 §2.1.3). */
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
  seal: sealLine,
  /** SPKI, PEM. */
  publicKey: z.string(),
});

export type StatementProof = z.infer<typeof statementProof>;

/** Reads a proof. A fault is one sentence. */
export function parseProof(text: string): { ok: true; proof: StatementProof } | { ok: false; fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: "This is no proof: it is not JSON." };
  }
  const parsed = statementProof.safeParse(json);
  if (parsed.success) return { ok: true, proof: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    fault: `This is no proof as this product writes it (${issue?.path.join(".") || "proof"}: ${issue?.message}).`,
  };
}

/** Checks a proof. `trusted` are public keys by fingerprint; without any, the one it brings is used. */
export function checkProof(
  proof: StatementProof,
  trusted: ReadonlyMap<string, string> = new Map(),
): { ok: true; seal: Seal } | { ok: false; fault: string } {
  const { statement, index, path } = proof;
  const { seq, id, body, leaf } = statement;
  const seal = sealOfLine(proof.seal);
  const brought = new Map([[keyIdOf(proof.publicKey) ?? "", proof.publicKey]]);
  const fault = sealFault(seal, trusted.size > 0 ? trusted : brought);
  if (fault) return { ok: false, fault };
  const steps = path.map((hex) => Buffer.from(hex, "hex"));
  const place = { index, size: seal.size };
  if (
    !isIncluded(
      body === undefined ? Buffer.from(leaf ?? "", "hex") : statementLeaf({ seq, id, body }),
      place,
      steps,
      Buffer.from(seal.root, "hex"),
    )
  )
    return {
      ok: false,
      fault: `Statement ${statement.id} is not proven: its text, its number or the path does not lead to the root that seal ${seal.number} signs.`,
    };
  return { ok: true, seal };
}
