import { expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { Forbidden } from "../people/permission.ts";
import { changeView, deleteView, saveView, viewsFor } from "./saved-view.server.ts";

const now = new Date("2026-11-30T10:00:00Z");
const view = {
  name: "Late in Sales",
  query: "status=overdue&q=&odd=1&department=Sales",
  shared: true,
  opens: true,
};

onBothEngines("saved views", (database) => {
  it("are kept by name, shared among those who see everybody, and changed by their owner alone", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const hr = actorFor(await aPerson(tx, { name: "Inês", roles: ["employee", "hr"] }));
      const auditor = actorFor(await aPerson(tx, { roles: ["employee", "auditor"] }));
      const manager = actorFor(await aPerson(tx, { roles: ["employee", "manager"] }));
      const employee = actorFor(await aPerson(tx));
      const saved = await saveView(tx, hr, view, now);
      if (!saved.ok) throw new Error(saved.reason);
      const { id } = saved;
      // Only what the board understands is kept.
      expect(await viewsFor(tx, hr)).toMatchObject([
        { id, query: "department=Sales&status=overdue", own: true, opens: true },
      ]);
      expect(await viewsFor(tx, auditor)).toMatchObject([{ id, own: false, opens: false, owner: "Inês" }]);
      expect(await viewsFor(tx, manager)).toEqual([]);
      expect(await saveView(tx, hr, { ...view, name: " late in SALES".trim() }, now)).toEqual({
        ok: false,
        reason: "taken",
      });
      // A manager's is the manager's own, and the board opens with the newest that says so.
      expect((await saveView(tx, manager, view, now)).ok).toBe(true);
      expect(await viewsFor(tx, hr)).toHaveLength(1);
      await saveView(tx, hr, { ...view, name: "Other", shared: false }, now);
      expect((await viewsFor(tx, hr)).map((one) => [one.name, one.opens])).toEqual([
        ["Late in Sales", false],
        ["Other", true],
      ]);
      expect(await changeView(tx, auditor, { ...view, id }, now)).toBeNull();
      expect(await deleteView(tx, auditor, id, now)).toBeNull();
      expect(await deleteView(tx, hr, id, now)).toBe(true);
      await expect(saveView(tx, employee, view, now)).rejects.toThrow(Forbidden);
    }));
});
