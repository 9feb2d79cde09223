import { describe, expect, it } from "vitest";
import { isUuid, uuidFault } from "./uuid.ts";

describe("part 2 §2.4.1 and §4.4, UUIDs", () => {
  it.each([
    "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "AA97B177-9383-4934-8543-0F91A7A02836",
    "2c1d645e-6b4a-1e4f-8000-000000000000",
    "74738ff5-5367-5958-9aee-98fffdcd1876",
    "0192f5a0-0000-7000-8000-000000000000",
    "12345678-1234-5678-1234-567812345678",
  ])("takes %s", (id) => {
    expect(isUuid(id)).toBe(true);
  });

  it.each([
    "",
    "AA97B177-9383-4934-8543-0F91A7A028368",
    "MA97B177-9383-4934-8543-0F91A7A02836",
    "{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}",
    "urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "6690e6c93ef04ed38b377f3964730bee",
    "6690e6c9-3ef0-4ed3-8b37-7f3964730be\n",
    12345,
    null,
    { key: "x" },
  ])("refuses %j", (id) => {
    expect(uuidFault(id, "id")).toMatch(/^id must be a UUID/);
  });
});
