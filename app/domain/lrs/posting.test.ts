import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { activitiesOf, keyOf, type PostingKind, postingKinds, postingsOf, referenceOf } from "./posting.ts";

const account = (name: string) => ({ account: { homePage: "https://people.example", name } });
const authority = account("client");
const simple = {
  actor: account("mila"),
  verb: { id: "https://verbs.example/did" },
  object: { id: "https://activities.example/1" },
};

const nameOf = new Map<PostingKind, string>(
  Object.entries(postingKinds).map(([name, kind]) => [kind, name] as const),
);

/** Kinds under which a statement is found by a text. */
function foundBy(statement: Record<string, unknown>, text: string): (string | undefined)[] {
  return postingsOf(statement, authority)
    .filter((posting) => posting.key === keyOf(text))
    .map((posting) => nameOf.get(posting.kind));
}

describe("postings (xAPI 1.0.3 part 3 §2.1.3)", () => {
  const mila = "account https://people.example mila";
  const other = "account https://people.example other";

  it.each<[string, Record<string, unknown>, string, string[]]>([
    ["the verb", simple, "https://verbs.example/did", ["verb"]],
    ["the actor", simple, mila, ["agent"]],
    ["an activity as object", simple, "https://activities.example/1", ["activity"]],
    ["the authority", simple, "account https://people.example client", ["authority"]],
    [
      "a member of a group",
      { ...simple, actor: { objectType: "Group", member: [account("other")] } },
      other,
      ["agent"],
    ],
    [
      "an agent as object",
      { ...simple, object: { objectType: "Agent", ...account("other") } },
      other,
      ["agent"],
    ],
    ["the instructor", { ...simple, context: { instructor: account("other") } }, other, ["relatedAgent"]],
    [
      "a member of the team",
      { ...simple, context: { team: { objectType: "Group", member: [account("other")] } } },
      other,
      ["relatedAgent"],
    ],
    [
      "an agent of the context (2.0)",
      { ...simple, context: { contextAgents: [{ objectType: "contextAgent", agent: account("other") }] } },
      other,
      ["relatedAgent"],
    ],
    [
      "a group of the context (2.0)",
      {
        ...simple,
        context: {
          contextGroups: [
            { objectType: "contextGroup", group: { objectType: "Group", ...account("other") } },
          ],
        },
      },
      other,
      ["relatedAgent"],
    ],
    [
      "an instructor who is the actor, once",
      { ...simple, context: { instructor: account("mila") } },
      mila,
      ["agent"],
    ],
    [
      "a context activity, alone or in a list",
      { ...simple, context: { contextActivities: { parent: { id: "https://a.example" } } } },
      "https://a.example",
      ["relatedActivity"],
    ],
    [
      "the registration in any case",
      { ...simple, context: { registration: "EC531277-B57B-4C15-8D91-D292C5B2B8F7" } },
      "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
      ["registration"],
    ],
    [
      "the actor of a SubStatement",
      { ...simple, object: { objectType: "SubStatement", ...simple, actor: account("other") } },
      other,
      ["relatedAgent"],
    ],
    [
      "the activity of a SubStatement",
      { ...simple, object: { objectType: "SubStatement", ...simple } },
      "https://activities.example/1",
      ["relatedActivity"],
    ],
    [
      "the statement referred to",
      { ...simple, object: { objectType: "StatementRef", id: "EC531277-B57B-4C15-8D91-D292C5B2B8F7" } },
      "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
      ["reference"],
    ],
    [
      "nothing that the context only refers to",
      {
        ...simple,
        context: { statement: { objectType: "StatementRef", id: "ec531277-b57b-4c15-8d91-d292c5b2b8f7" } },
      },
      "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
      [],
    ],
    [
      "no verb of a SubStatement",
      {
        ...simple,
        object: { objectType: "SubStatement", ...simple, verb: { id: "https://verbs.example/inner" } },
      },
      "https://verbs.example/inner",
      [],
    ],
  ])("find a statement by %s", (_, statement, text, kinds) => {
    expect(foundBy(statement, text)).toEqual(kinds);
  });

  it("names what the object refers to, and only a StatementRef", () => {
    const id = "EC531277-B57B-4C15-8D91-D292C5B2B8F7";
    expect(referenceOf({ object: { objectType: "StatementRef", id } })).toBe(id.toLowerCase());
    expect(referenceOf({ object: { id } })).toBeNull();
  });

  it("lists activities in a SubStatement too, with their definitions", () => {
    const definition = { name: { en: "One" } };
    const inner = { object: { id: "https://a.example/1", definition } };
    const outer = {
      object: { objectType: "SubStatement", ...inner },
      context: { contextActivities: { other: [{ id: "https://a.example/2" }] } },
    };
    expect(activitiesOf(outer)).toEqual([
      { id: "https://a.example/2", definition: null },
      { id: "https://a.example/1", definition },
    ]);
  });

  test.prop([fc.string({ unit: "binary" }), fc.string({ unit: "binary" })])(
    "have a key per text, the same every time",
    (a, b) => {
      expect(keyOf(a)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(keyOf(a) === keyOf(b)).toBe(a === b);
    },
  );

  it("keep lone surrogates apart", () => {
    expect(new Set(["\ud800", "\ud801", "\ufffd", "\udc00"].map(keyOf)).size).toBe(4);
  });
});
