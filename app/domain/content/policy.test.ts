import { describe, expect, it } from "vitest";
import { sectionTitles, versionStandings } from "./policy.ts";

describe("how policy versions stand", () => {
  const versions = ["2027-01-01", "2026-03-01", "2025-01-15"].map((effectiveFrom) => ({ effectiveFrom }));
  it.each([
    ["2024-12-31", ["upcoming", "upcoming", "upcoming"]],
    ["2025-01-15", ["upcoming", "upcoming", "in_force"]],
    ["2026-02-28", ["upcoming", "upcoming", "in_force"]],
    ["2026-03-01", ["upcoming", "in_force", "superseded"]],
    ["2030-01-01", ["in_force", "superseded", "superseded"]],
  ])("on %s", (today, standings) => {
    expect(versionStandings(versions, today).map((v) => v.standing)).toEqual(standings);
  });
});

describe("the sections of a policy", () => {
  it("are its second-level headings, by number", () => {
    const body = "## 1 Scope\n\n### 1.1 Who\n\nAll.\n\n## 3 Data and people \n\n## Notes\n";
    expect([...sectionTitles(body)]).toEqual([
      ["1", "Scope"],
      ["3", "Data and people"],
    ]);
  });
});
