import { desc } from "drizzle-orm";
import { createHash, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { attachment, posting, statement, statementHead, voiding } from "#db/schema/lrs.ts";
import { keyOf, postingKinds } from "#app/domain/lrs/posting.ts";

const baseIri = "https://learn.aldermoor.example";
export const authorityOf = (name: string) => ({
  objectType: "Agent",
  account: { homePage: baseIri, name },
});

/** A statement as a client of the record store might send it. */
export type Wild = Record<string, unknown> & { id: string };

/** A statement of somebody unknown to this product; `parts` take the place of what it would have. */
export function aWildStatement(parts: Record<string, unknown> = {}): Wild {
  return {
    id: randomUUID(),
    actor: { mbox: "mailto:somebody@elsewhere.example" },
    verb: { id: "http://adlnet.gov/expapi/verbs/experienced" },
    object: { id: "https://elsewhere.example/page" },
    timestamp: "2026-11-23T10:00:00.000Z",
    version: "1.0.3",
    ...parts,
  };
}

/** The voiding of a statement. */
export function aVoiding(targetId: string): Wild {
  return aWildStatement({
    verb: { id: "http://adlnet.gov/expapi/verbs/voided" },
    object: { objectType: "StatementRef", id: targetId },
  });
}

/**
 * Puts statements behind those stored: of this product (`clause7`), or of the client whose key is named. A text in place of a
 * statement is stored as it is. Answers the places they got.
 */
export async function store(
  tx: Db,
  statements: readonly ({ id: string } | string)[],
  by = "clause7",
  at = new Date("2026-11-23T10:00:00Z"),
): Promise<number[]> {
  const [last] = await tx
    .select({ seq: statement.seq })
    .from(statement)
    .orderBy(desc(statement.seq))
    .limit(1);
  const rows = statements.map((given, i) => {
    const body =
      typeof given === "string"
        ? given
        : JSON.stringify({ ...given, stored: at.toISOString(), authority: authorityOf(by) });
    const parsed = JSON.parse(body) as Parsed;
    const isVoiding = parsed.verb.id === "http://adlnet.gov/expapi/verbs/voided";
    return {
      seq: (last?.seq ?? 0) + i + 1,
      id: parsed.id,
      stored: at,
      voiding: isVoiding,
      size: body.length,
      body,
      parsed,
    };
  });
  if (rows.length === 0) return [];
  await tx.insert(statement).values(rows.map(({ parsed: _parsed, ...row }) => row));
  await tx.insert(posting).values(
    rows.flatMap(({ seq, parsed }) => {
      const registration = parsed.context?.registration;
      return [
        { kind: postingKinds.verb, key: keyOf(parsed.verb.id), seq, via: seq },
        ...(registration
          ? [{ kind: postingKinds.registration, key: keyOf(registration), seq, via: seq }]
          : []),
      ];
    }),
  );
  for (const { seq, voiding: voids, parsed } of rows)
    if (voids && parsed.object.id) await tx.insert(voiding).values({ targetId: parsed.object.id, seq });
  const head = { seq: rows.at(-1)?.seq ?? 0, stored: at };
  await tx
    .insert(statementHead)
    .values({ id: 1, ...head })
    .onConflictDoUpdate({ target: statementHead.id, set: head });
  return rows.map((row) => row.seq);
}

type Parsed = {
  id: string;
  verb: { id: string };
  object: { id?: string };
  context?: { registration?: string };
};

/** Keeps the content of an attachment; the attachment as a statement declares it. */
export async function storeContent(tx: Db, content: Uint8Array, contentType = "application/octet-stream") {
  const sha2 = createHash("sha256").update(content).digest("hex");
  await tx.insert(attachment).values({ sha2, content }).onConflictDoNothing();
  return {
    usageType: "https://elsewhere.example/attachment",
    display: { en: "A file" },
    contentType,
    length: content.length,
    sha2,
  };
}
