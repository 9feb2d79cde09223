import { expect, it } from "vitest";
import { activity } from "#db/schema/lrs.ts";
import { onBothEngines } from "#test/database.ts";
import { activityRows } from "./activity.server.ts";
import { keyOf } from "./posting.ts";

onBothEngines("activities", (database) => {
  it("are read by their ids, the known ones only", () =>
    database.rolledBack(async (tx) => {
      const ids = ["https://example.org/a", `https://example.org/${"x".repeat(10_000)}`];
      await tx
        .insert(activity)
        .values(ids.map((id) => ({ key: keyOf(id), definition: JSON.stringify({ id }) })));
      const rows = await activityRows(tx, [...ids, "https://example.org/unknown"]);
      expect([...rows].toSorted()).toEqual(ids.map((id) => [id, JSON.stringify({ id })]).toSorted());
      expect(await activityRows(tx, [])).toEqual(new Map());
    }));
});
