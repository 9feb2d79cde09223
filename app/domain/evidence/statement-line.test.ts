import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { answered, completed, failed, initialized, passed, progressed, scored } from "./module-statement.ts";
import { buildStatement, type Statement } from "./statement.ts";
import { agentText, statementLine, verbText } from "./statement-line.ts";

const who = { homePage: "https://a.example", pseudonym: "n", baseIri: "https://a.example" };
const sitting = {
  module: { slug: "m", title: "AI awareness", version: "1.0.0", language: "en" },
  registration: "r",
  sessionId: "s",
};
const at = new Date("2026-11-23T10:00:00Z");
const stamp = { id: "id", at };
const outcome = { ...stamp, score: 0.867, masteryScore: 0.8, startedAt: at };
const item = {
  id: "i1",
  type: "true_false" as const,
  answer: true,
  feedback: { true: "y", false: "n" },
  objective: "o",
  level: "apply" as const,
  riskDomain: 1,
  difficulty: 0.5,
  stem: "May you?\n  Really?",
};
const asked = (name: string): Statement =>
  buildStatement(who, {
    ...stamp,
    verb: "asked",
    object: { path: ["q"], type: "https://a.example/t", name },
    registration: "r",
  });

it.each<[Statement, string]>([
  [initialized(who, sitting, stamp), "Mila opened AI awareness"],
  [progressed(who, sitting, { ...stamp, percent: 40 }), "Mila is 40 % through AI awareness"],
  [scored(who, sitting, outcome), "Mila scored 87 % in AI awareness"],
  [passed(who, sitting, outcome), "Mila passed AI awareness with 87 %"],
  [failed(who, sitting, outcome), "Mila did not pass AI awareness, with 87 %"],
  [completed(who, sitting, outcome), "Mila completed AI awareness"],
  [
    answered(who, sitting, { ...stamp, item, response: ["true"], score: 1 }),
    "Mila answered “May you? Really?” correctly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: ["false"], score: 0 }),
    "Mila answered “May you? Really?” wrongly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: ["false"], score: 0.5 }),
    "Mila answered “May you? Really?” partly correctly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: null, score: 0 }),
    "Mila answered “May you? Really?” with nothing",
  ],
  [asked("May I use it?"), "Mila asked May I use it?"],
])("%# of ours reads as a sentence", (statement, line) => {
  expect(statementLine(statement, "Mila")).toBe(line);
});

describe("a statement of somebody else", () => {
  const sally = { name: "Sally", mbox: "mailto:sally@example.com" };
  const verb = (id: string, display?: object) => ({ id: `http://adlnet.gov/expapi/verbs/${id}`, display });
  const boat = { id: "https://example.com/boat", definition: { name: { de: "Boot", "en-GB": "Boat" } } };
  const score = (fields: object) => ({ score: fields });

  it.each<[string, object, string]>([
    [
      "display in English",
      { verb: verb("attended", { de: "nahm teil", "en-US": "attended" }) },
      "Sally attended Boat",
    ],
    [
      "display in another language",
      { verb: verb("attended", { de: "nahm teil an" }) },
      "Sally nahm teil an Boat",
    ],
    ["no display", { verb: verb("checked_in-at") }, "Sally checked in at Boat"],
    ["a verb of the form urn", { verb: { id: "urn:example:saw" } }, "Sally saw Boat"],
    [
      "a scaled score",
      { verb: verb("won"), result: score({ scaled: 0.456, raw: 2 }) },
      "Sally won Boat with 46 %",
    ],
    [
      "points of a maximum",
      { verb: verb("won"), result: score({ raw: 7.5, max: 10 }) },
      "Sally won Boat with 7.5 of 10",
    ],
    ["points", { verb: verb("won"), result: score({ raw: -3 }) }, "Sally won Boat with -3 points"],
    ["our verb without a score", { verb: verb("passed") }, "Sally passed Boat"],
    [
      "our verb with points",
      { verb: verb("failed"), result: score({ raw: 1, max: 4 }) },
      "Sally did not pass Boat with 1 of 4",
    ],
    [
      "an answer that is not judged",
      { verb: verb("answered"), result: { response: "x" } },
      "Sally answered “Boat”",
    ],
    ["no progress in numbers", { verb: verb("progressed") }, "Sally went on in Boat"],
    [
      "an object without a name",
      { object: { id: "https://example.com/a?b" } },
      "Sally saw https://example.com/a?b",
    ],
    [
      "an object with an empty name",
      { object: { id: "https://example.com/", definition: { name: { en: " " } } } },
      "Sally saw https://example.com/",
    ],
    [
      "a person as object",
      { object: { objectType: "Agent", openid: "https://bob.example/" } },
      "Sally saw bob.example/",
    ],
    [
      "a statement as object",
      {
        verb: verb("voided"),
        object: { objectType: "StatementRef", id: "9e13cefd-53d3-4eac-b5ed-2cf6693903bb" },
      },
      "Sally voided statement 9e13cefd…",
    ],
    [
      "a statement inside",
      {
        verb: verb("planned"),
        object: { objectType: "SubStatement", actor: sally, verb: verb("saw"), object: boat },
      },
      "Sally planned “Sally saw Boat”",
    ],
  ])("reads with %s", (_what, fields, line) => {
    expect(statementLine({ actor: sally, verb: verb("saw"), object: boat, ...fields }, null)).toBe(line);
  });

  it.each<[object, string]>([
    [{ name: "Sally", mbox: "mailto:x@example.com" }, "Sally"],
    [{ mbox: "mailto:sally@example.com" }, "sally@example.com"],
    [{ mbox_sha1sum: "ebd31e95054c018b10727ccffd2ef2ec3a016ee9" }, "Person ebd31e95…"],
    [
      { account: { homePage: "https://a.example", name: "7f3c5c2e-0000-4000-8000-000000000000" } },
      "Person 7f3c5c2e…",
    ],
    [{ account: { homePage: "https://a.example", name: "4711" } }, "Person 4711"],
    [{ objectType: "Group", name: "Team B", member: [] }, "Team B"],
    [{ objectType: "Group", member: [sally, sally] }, "A group of 2"],
    [{ name: " \n", openid: "https://sally.example/me" }, "sally.example/me"],
    [{}, "Somebody"],
  ])("names %j", (agent, name) => {
    expect(agentText(agent)).toBe(name);
  });

  it("cannot look like another line", () => {
    const name = "Sally\u202e\u0000 passed\r\n\u2066everything";
    expect(statementLine({ actor: { name }, verb: verb("saw"), object: boat }, null)).toBe(
      "Sally passed everything saw Boat",
    );
  });

  test.prop([
    fc.anything(),
    fc.dictionary(fc.constantFrom("actor", "verb", "object", "result"), fc.anything()),
  ])("never fails, whatever it is", (anything, fields) => {
    expect(typeof statementLine(anything, null)).toBe("string");
    expect(typeof statementLine(fields, "Mila")).toBe("string");
  });
});

it("calls a verb ours, in English, or by the end of its id", () => {
  expect(verbText({ id: "http://adlnet.gov/expapi/verbs/passed", display: { en: "flunked" } })).toBe(
    "passed",
  );
  expect(verbText({ id: "https://a.example/v", display: { fr: "vit", en: "saw" } })).toBe("saw");
  expect(verbText({ id: "https://a.example/verbs/looked-at/" })).toBe("looked at");
});

it("cuts a long text short, between letters", () => {
  expect(statementLine(asked("x".repeat(500)), "Mila").length).toBeLessThan(110);
  expect(statementLine(asked("🎓".repeat(500)), "Mila")).not.toMatch(/\p{Cs}/u);
});
