import { desc } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { Forbidden } from "../people/permission.ts";
import {
  accommodationFor,
  endAccommodation,
  grantAccommodation,
  mayAccommodate,
  timeFactorOf,
} from "./accommodation.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const reason = "Uses a screen reader.";

onBothEngines("an accommodation", (database) => {
  it("is granted by HR, changed, and ended, each with an audit event", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const learner = await aPerson(tx);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const personId = learner.id;
      expect(await timeFactorOf(tx, personId)).toBe(1);
      expect(await grantAccommodation(tx, hr, { personId, timeFactor: 1.5, reason }, now)).toEqual({
        ok: true,
      });
      expect(await timeFactorOf(tx, personId)).toBe(1.5);
      expect(await grantAccommodation(tx, hr, { personId, timeFactor: null, reason }, now)).toEqual({
        ok: true,
      });
      expect(await timeFactorOf(tx, personId)).toBeNull();
      expect(await accommodationFor(tx, actorFor(learner), personId)).toMatchObject({
        reason,
        timeFactor: null,
      });
      expect(await endAccommodation(tx, hr, { personId }, now)).toEqual({ ok: true });
      expect(await endAccommodation(tx, hr, { personId }, now)).toEqual({ ok: false, reason: "none" });
      expect(await timeFactorOf(tx, personId)).toBe(1);
      const events = await tx.select().from(auditEvent).orderBy(desc(auditEvent.seq)).limit(3);
      expect(events.map((one) => one.type)).toEqual([
        "accommodation.ended",
        "accommodation.granted",
        "accommodation.granted",
      ]);
      expect(JSON.stringify(events)).not.toContain(reason);
    }));

  it("is nobody's to give but HR's, not to themselves, and nobody else's to read", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const { id: personId } = await aPerson(tx);
      const hrPerson = await aPerson(tx, { roles: ["employee", "hr"] });
      const hr = actorFor(hrPerson);
      const other = actorFor(await aPerson(tx));
      const input = { personId, timeFactor: 2, reason };
      await expect(grantAccommodation(tx, other, input, now)).rejects.toThrow(Forbidden);
      await expect(endAccommodation(tx, other, input, now)).rejects.toThrow(Forbidden);
      await expect(mayAccommodate(tx, other, personId)).rejects.toThrow(Forbidden);
      await expect(grantAccommodation(tx, hr, { ...input, personId: hrPerson.id }, now)).rejects.toThrow(
        Forbidden,
      );
      await grantAccommodation(tx, hr, input, now);
      expect(await accommodationFor(tx, other, personId)).toBeNull();
      expect(await mayAccommodate(tx, hr, personId)).toMatchObject({ id: personId });
    }));
});
