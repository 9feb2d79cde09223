import { describe, expect, it } from "vitest";
import { agentFault, authorityFault } from "./agent-check.ts";

const ann = { mbox: "mailto:ann@example.org" };
const bob = { objectType: "Agent", account: { homePage: "https://example.org", name: "bob" } };
const anyone = { allowGroup: true };

describe("part 2 §2.4.2, Agents and Groups", () => {
  it.each<[string, unknown]>([
    ["mbox", ann],
    ["mbox_sha1sum", { mbox_sha1sum: "CD9b00a5611f94eaa7b1661edab976068e364975", name: "" }],
    ["openid", { objectType: "Agent", openid: "http://openid.example.org/12345" }],
    ["account", bob],
    ["anonymous Group", { objectType: "Group", name: "Team", member: [ann, bob] }],
    ["identified Group", { objectType: "Group", ...ann }],
    ["identified Group with members", { objectType: "Group", openid: "https://g.example", member: [bob] }],
  ])("takes %s", (_, value) => {
    expect(agentFault(value, anyone)).toBeNull();
  });

  it.each<[unknown, string]>([
    [null, "agent must be an Agent or a Group; got null"],
    ["x", 'agent must be an Agent or a Group; got "x"'],
    [[], "agent must be an Agent or a Group; got an array"],
    [{}, "agent must have exactly one of mbox, mbox_sha1sum, openid and account; it has 0"],
    [{ name: "Ann" }, "agent must have exactly one of mbox, mbox_sha1sum, openid and account; it has 0"],
    [
      { ...ann, openid: "https://a.example" },
      "agent must have exactly one of mbox, mbox_sha1sum, openid and account; it has 2",
    ],
    [{ mbox: "x" }, 'agent.mbox must be a mailto IRI such as "mailto:name@example.org"; got "x"'],
    [{ mbox: null }, 'agent.mbox must be a mailto IRI such as "mailto:name@example.org"; got null'],
    [{ ...ann, objectType: "agent" }, 'agent.objectType must be one of "Agent", "Group"; got "agent"'],
    [{ ...ann, name: 12 }, "agent.name must be a string; got 12"],
    [
      { mbox_sha1sum: "cd9b00" },
      'agent.mbox_sha1sum must be the 40 hexadecimal digits of an SHA-1 hash; got "cd9b00"',
    ],
    [
      { account: { homePage: "https://example.org" } },
      "agent.account.name is missing: an account must have it",
    ],
    [{ account: { name: "x" } }, "agent.account.homePage is missing: an account must have it"],
    [
      { Mbox: ann.mbox },
      'agent must not have "Mbox"; an Agent may have objectType, name, mbox, mbox_sha1sum, openid, account',
    ],
    [{ objectType: "Group" }, "agent.member is missing: a Group without an identifier must list its members"],
    [
      { objectType: "Group", member: [{ objectType: "Group", ...ann }] },
      'agent.member[0].objectType must be "Agent"; got "Group"',
    ],
    [{ objectType: "Group", member: ann }, "agent.member must be an array of Agents; got an object"],
  ])("refuses %j", (value, fault) => {
    expect(agentFault(value, anyone)).toBe(fault);
  });

  it("takes a Group only where one is allowed", () => {
    expect(agentFault({ objectType: "Group", ...ann }, { allowGroup: false })).toBe(
      'agent.objectType must be "Agent"; got "Group"',
    );
  });

  it("takes no property from a prototype", () => {
    expect(agentFault(JSON.parse('{"__proto__": {"mbox": "mailto:a@example.org"}}'), anyone)).toMatch(
      /^agent must not have "__proto__"/,
    );
  });
});

describe("part 2 §2.4.9, authority", () => {
  it.each<[unknown, string | null]>([
    [ann, null],
    [{ objectType: "Group", member: [bob, ann] }, null],
    [{ objectType: "Group", member: [bob] }, "authority.member must name exactly two Agents; it names 1"],
    [
      { objectType: "Group", member: [bob, ann, ann] },
      "authority.member must name exactly two Agents; it names 3",
    ],
    [
      { objectType: "Group", ...ann, member: [bob, ann] },
      "authority must not have an identifier where it is a Group",
    ],
  ])("judges %j", (value, fault) => {
    expect(authorityFault(value, "authority")).toBe(fault);
  });
});
