import { describe, expect, it } from "vitest";
import { aiSystem, fitsFilter } from "./ai-system.ts";
import { coversData, counts, groupName, personOf } from "./approval.ts";

const quillmate = aiSystem.parse({
  slug: "quillmate",
  name: "Quillmate",
  vendor: "Brightledger",
  aliases: ["company chatbot"],
  description: "General chat assistant.",
  kind: "chat_assistant",
  owner: "p-sofia",
  status: "in_use",
  aiActRole: "deployer",
  riskClass: "limited",
  overseers: [],
  hosting: "EU",
  registeredOn: "2025-01-15",
  approvals: [],
});
const all = { q: "", status: "", riskClass: "" } as const;

describe("finding a register entry", () => {
  it.each([
    [{ ...all }, true],
    [{ ...all, q: "quill" }, true],
    [{ ...all, q: "  Company  CHAT " }, true],
    [{ ...all, q: "company translator" }, false],
    [{ ...all, status: "in_use" as const, riskClass: "limited" as const }, true],
    [{ ...all, status: "retired" as const }, false],
    [{ ...all, riskClass: "high_risk" as const }, false],
  ])("%o: %s", (filter, fits) => {
    expect(fitsFilter(quillmate, filter)).toBe(fits);
  });
});

describe("an approval", () => {
  it("counts from its day to its review date", () => {
    const given = { approvedOn: "2026-03-02", reviewOn: "2027-03-01" };
    expect(counts(given, "2026-03-01")).toBe(false);
    expect(counts(given, "2027-03-01")).toBe(true);
    expect(counts(given, "2027-03-02")).toBe(false);
  });
  it("covers public data always and secrets never", () => {
    expect(coversData({ dataClasses: ["internal"] }, ["public", "internal"])).toBe(true);
    expect(coversData({ dataClasses: ["internal"] }, ["customer"])).toBe(false);
    expect(coversData({ dataClasses: ["secrets"] }, ["secrets"])).toBe(false);
  });
  it("names its groups as people say them", () => {
    expect([groupName("customer-support"), groupName("hr-recruiting")]).toEqual([
      "Customer support",
      "HR recruiting",
    ]);
    expect([personOf("person:p-mila"), personOf("all-staff")]).toEqual(["p-mila", null]);
  });
});
