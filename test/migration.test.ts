import { sql } from "drizzle-orm";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { recordStatements } from "#app/domain/evidence/statement.server.ts";
import { ownStatementsOf } from "#app/domain/evidence/record-statement.server.ts";
import { buildStatement } from "#app/domain/evidence/statement.ts";
import { activityRows } from "#app/domain/lrs/activity.server.ts";
import { identityOf } from "#app/domain/lrs/agent.ts";
import { keyOf, postingKinds, postingsOf } from "#app/domain/lrs/posting.ts";
import { statementPage } from "#app/domain/lrs/statement-query.server.ts";
import { posting } from "#db/schema/lrs.ts";
import { question } from "#db/schema/assistant.ts";
import { freshDatabase } from "./database.ts";

const baseIri = "https://learn.example";

/** Runs the commands of one migration as they stand in its file. */
async function apply(db: Db, name: string): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, "../db/migrations", `${name}.sql`), "utf8");
  await db.transaction(async (tx) => {
    for (const command of text.split("--> statement-breakpoint")) await tx.execute(sql.raw(command));
  });
}

async function onEmpty(engine: "pglite" | "postgres", body: (db: Db) => Promise<void>): Promise<void> {
  if (engine === "pglite") {
    const client = await PGlite.create();
    await body(drizzlePglite(client));
    return client.close();
  }
  const { url, drop } = await freshDatabase(inject("postgresUrl"));
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await body(drizzlePostgres(client));
  await client.end();
  await drop();
}

const registration = randomUUID();

function aStatement(pseudonym: string, verb: "asked" | "passed") {
  return buildStatement(
    { homePage: baseIri, pseudonym, baseIri },
    {
      id: randomUUID(),
      at: new Date("2026-11-01T10:00:00Z"),
      verb,
      object: { path: ["modules", "ai"], type: "https://types.example/module", name: "AI – für alle" },
      registration,
      contextActivities: { grouping: [{ objectType: "Activity", id: `${baseIri}/xapi/group` }] },
    },
  );
}

describe.each(["pglite", "postgres"] as const)("migration to the record store (%s)", (engine) => {
  it("keeps every statement, findable as before, and what external stores still need", () =>
    onEmpty(engine, async (db) => {
      const statements = [
        aStatement(randomUUID(), "asked"),
        aStatement(randomUUID(), "passed"),
        aStatement(randomUUID(), "passed"),
      ];
      await apply(db, "0000_start");
      await db.execute(sql`
        insert into organisation (id, kind, name, base_iri, created_at) values (1, 'own', 'Example', ${baseIri}, now())`);
      await db.execute(sql`insert into lrs_target values ('central', 'https://lrs.example', true, now())`);
      for (const [i, s] of statements.entries()) {
        // The last one was stored with an earlier clock.
        const stored = new Date(Date.UTC(2026, 10, 2, i === 2 ? 0 : 10 + i)).toISOString();
        await db.execute(sql`select nextval('statement_seq_seq')`);
        await db.execute(sql`
          insert into statement (id, actor, verb, object, registration, stored, body) values (
            ${s.id}, ${s.actor.account.name}, ${s.verb.id}, ${s.object.id}, ${registration}, ${stored}, ${JSON.stringify(s)}::jsonb)`);
      }
      const states = [sql`now(), null`, sql`null, now()`, sql`null, null`];
      for (const [i, state] of states.entries())
        await db.execute(sql`
          insert into outbox (target, statement_id, next_try_at, delivered_at, dead_at)
          values ('central', ${statements[i]?.id}, now(), ${state})`);

      await apply(db, "0001_lrs");

      const found = (await ownStatementsOf(db, [registration])).get(registration) ?? [];
      expect(found.map((one) => one.id)).toEqual(statements.map((s) => s.id));
      expect(found.map((one) => one.seq)).toEqual([1, 2, 3]);
      expect(found.map((one) => one.body)).toMatchObject(statements);
      const [first] = found;
      const keys = await db.select().from(posting).orderBy(posting.kind, posting.key);
      const body = first?.body as unknown as Record<string, unknown>;
      const expected = postingsOf(body, body["authority"]).map((p) => ({
        ...p,
        seq: first?.seq,
        via: first?.seq,
      }));
      expect(keys.filter((row) => row.seq === first?.seq)).toEqual(
        expected.toSorted((a, b) => a.kind - b.kind || (a.key < b.key ? -1 : 1)),
      );
      const agent = keyOf(identityOf(statements[0]?.actor) ?? "");
      const page = await statementPage(
        db,
        {
          keys: [{ kinds: [postingKinds.agent], key: agent }],
          since: null,
          until: null,
          ascending: false,
          limit: 10,
          format: "exact",
          attachments: false,
        },
        { after: null, authorityKey: null },
      );
      expect(page.statements.map((s) => s.id)).toEqual([statements[0]?.id]);
      const module = `${baseIri}/xapi/modules/ai`;
      expect((await activityRows(db, [module])).get(module)).toContain("AI – für alle");

      const [target] = await db.select().from(lrsTarget);
      expect(target).toMatchObject({ cursor: 2, delivered: 1, attempts: 0, filter: { origin: "all" } });
      expect(await db.select().from(deadLetter)).toMatchObject([{ seq: 2, endedAt: null }]);
    }));

  it("lets the store go on where it was", () =>
    onEmpty(engine, async (db) => {
      await apply(db, "0000_start");
      await apply(db, "0001_lrs");
      await db.execute(sql`
        insert into organisation (id, kind, name, base_iri, created_at) values (1, 'own', 'Example', ${baseIri}, now())`);
      await db.transaction((tx) => recordStatements(tx, [aStatement(randomUUID(), "asked")], new Date()));
      const found = (await ownStatementsOf(db, [registration])).get(registration) ?? [];
      expect(found.map((one) => one.seq)).toEqual([1]);
    }));
});

describe.each(["pglite", "postgres"] as const)("migration to five outcomes (%s)", (engine) => {
  const fact = { value: "quillmate", source: "stated", words: "Quillmate" };
  const facts = { system: fact, systemName: "Quillmate", purposes: null, unsure: [] };
  const outcomes = {
    allowed: "cleared",
    allowed_with_conditions: "cleared",
    needs_review: "flagged",
    more_facts_needed: "asked_back",
    not_allowed: "not_allowed",
    not_covered: "not_covered",
  };

  it("keeps questions with facts and verdicts in today's shape", () =>
    onEmpty(engine, async (db) => {
      await apply(db, "0000_start");
      await apply(db, "0001_lrs");
      await db.execute(sql`insert into rule_set values ('r', '{}', now(), now())`);
      await db.execute(sql`
        insert into person (id, pseudonym, email, name, department, title, location, time_zone, language,
          employment_type, hired_on, computer_share, audiences, roles)
        values ('p', ${randomUUID()}, 'p@example', 'P', 'd', 't', 'l', 'UTC', 'en', 'employee', '2026-01-01', 100, '{}', '{}')`);
      for (const outcome of Object.keys(outcomes)) {
        const verdict = JSON.stringify({
          outcome,
          riskClass: outcome === "needs_review" ? "high_risk" : "minimal",
        });
        const id = randomUUID();
        await db.execute(sql`
          insert into question (id, thread_id, person_id, asked_at, text, facts, verdict, answer, rule_set)
          values (${id}, ${id}, 'p', now(), ${outcome}, ${JSON.stringify(facts)}::jsonb, ${verdict}::jsonb, '{}', 'r')`);
      }

      await apply(db, "0002_assistant");

      const rows = await db.select().from(question);
      expect(Object.fromEntries(rows.map((r) => [r.text, r.verdict.outcome]))).toEqual(outcomes);
      const review = rows.find((r) => r.text === "needs_review");
      expect(review?.verdict).toMatchObject({ flagged: true, matter: "use", signals: [], tools: [] });
      expect(review).toMatchObject({ language: "en", masked: [], watched: true });
      expect(review?.facts).toMatchObject({
        system: { ...fact, confidence: 1 },
        systemName: "Quillmate",
        purposes: null,
        suspected: [],
        matter: "use",
      });
    }));
});
