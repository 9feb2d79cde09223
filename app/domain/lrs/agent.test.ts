import { describe, expect, it } from "vitest";
import { identityOf } from "./agent.ts";

describe("identityOf (xAPI 1.0.3 part 2 §2.4.2.3)", () => {
  it.each([
    [{ mbox: "mailto:Ann@Example.ORG", name: "Ann" }, "mbox mailto:Ann@example.org"],
    [
      { mbox_sha1sum: "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9" },
      "mbox_sha1sum ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
    ],
    [{ openid: "https://Example.org/Ann" }, "openid https://Example.org/Ann"],
    [{ account: { homePage: "https://example.org", name: "An n" } }, "account https://example.org An n"],
    [
      { objectType: "Group", account: { homePage: "https://example.org", name: "1" } },
      "account https://example.org 1",
    ],
  ])("of %j", (agent, identity) => {
    expect(identityOf(agent)).toBe(identity);
  });

  it.each([
    [{ objectType: "Group", member: [{ mbox: "mailto:ann@example.org" }] }],
    [{ name: "Ann" }],
    [{ account: { homePage: "https://example.org" } }],
    [null],
    ["mailto:ann@example.org"],
  ])("is null for %j", (agent) => {
    expect(identityOf(agent)).toBeNull();
  });
});
