import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, aStatement } from "#test/factories.ts";
import { Forbidden } from "../people/permission.ts";
import { recordStatements, statementContext } from "./statement.server.ts";
import { statementPage, statementsBehind } from "./statement-log.server.ts";

const now = new Date("2026-11-23T10:00:00Z");

onBothEngines("statement log", (database) => {
  it("pages from the newest to the oldest without gaps", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const auditor = actorFor(await aPerson(tx, { roles: ["employee", "auditor"] }));
      const who = await statementContext(tx, (await aPerson(tx, { name: "Mila Óg" })).id);
      const scope = randomUUID();
      const made = Array.from({ length: 120 }, (_, position) => aStatement(who, { scope, position }));
      await recordStatements(tx, made, now);
      const seen: string[] = [];
      let before: number | undefined;
      for (let pages = 0; pages < 3; pages++) {
        const page = await statementPage(tx, auditor, { before });
        seen.push(...page.entries.map((e) => e.id));
        before = page.next ?? undefined;
      }
      expect(before).toBeUndefined();
      expect(seen).toEqual(made.map((s) => s.id).toReversed());
    }));

  it("filters by verb and by person, taking wildcards literally", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const auditor = actorFor(await aPerson(tx, { roles: ["employee", "auditor"] }));
      const mila = await aPerson(tx, { name: "Mila Brandt" });
      const odd = await aPerson(tx, { name: "100% Odd_Name" });
      for (const { id } of [mila, odd]) {
        await recordStatements(tx, [aStatement(await statementContext(tx, id))], now);
      }
      const lines = async (filter: Parameters<typeof statementPage>[2]): Promise<string[]> =>
        (await statementPage(tx, auditor, filter)).entries.map((e) => e.line);
      expect(await lines({ person: "brandt" })).toEqual(["Mila Brandt asked May I use it?"]);
      expect(await lines({ person: mila.id })).toEqual(["Mila Brandt asked May I use it?"]);
      expect(await lines({ person: "0%" })).toEqual(["100% Odd_Name asked May I use it?"]);
      expect(await lines({ person: "a_b" })).toEqual([]);
      expect(await lines({ verb: "asked" })).toHaveLength(2);
      expect(await lines({ verb: "passed" })).toEqual([]);
    }));

  it("is closed to those who may not see evidence", () =>
    database.rolledBack(async (tx) => {
      const employee = actorFor(await aPerson(tx, { roles: ["employee", "manager"] }));
      await expect(statementPage(tx, employee, {})).rejects.toThrow(Forbidden);
      expect(await statementsBehind(tx, employee, randomUUID())).toBeNull();
    }));
});
