import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Draft, draftOf, endOfScan, requestsOf, versionOf, withoutMembers } from "./forwarding.ts";
import type { StoredStatement } from "./outbox.ts";

const aStored: StoredStatement = {
  id: "s1",
  version: "1.0.3",
  verb: { id: "urn:v" },
  object: { id: "urn:o" },
};

describe("a JSON text without some members", () => {
  it.each([
    [`{"a":1.0,"stored":"x","b":1e400}`, `{"a":1.0,"b":1e400}`],
    [
      `{ "stored" : {"a":[1,{"stored":2}]} , "keep":{"stored":1, "x" : "}\\",{"} }`,
      `{"keep":{"stored":1, "x" : "}\\",{"}}`,
    ],
    [`{"\\u0073tored":1,"\\u00e9":"\\\\"}`, `{"\\u00e9":"\\\\"}`],
    [`{"stored":1}`, `{}`],
    [`{}`, `{}`],
    [`{"a":[],"b":{},"c":[[","]]}`, `{"a":[],"b":{},"c":[[","]]}`],
  ])("%s is %s", (text, left) => {
    expect(withoutMembers(text, ["stored"])).toBe(left);
  });

  test.prop([fc.dictionary(fc.oneof(fc.constantFrom("stored", "authority"), fc.string()), fc.jsonValue())])(
    "means the same but for them",
    (object) => {
      for (const text of [JSON.stringify(object), JSON.stringify(object, null, 2)]) {
        const read = JSON.parse(text) as Record<string, unknown>;
        delete read["stored"];
        delete read["authority"];
        expect(JSON.parse(withoutMembers(text, ["stored", "authority"]))).toEqual(read);
      }
    },
  );
});

it.each<[Partial<StoredStatement>, string]>([
  [{}, "1.0.3"],
  [{ version: "1.0.0" }, "1.0.3"],
  [{ version: "2.0.0" }, "2.0.0"],
  [{ context: { contextAgents: [] } as StoredStatement["context"] & object }, "2.0.0"],
  [{ object: { objectType: "SubStatement", context: { contextGroups: [] } } }, "2.0.0"],
])("a statement with %j goes under %s", (parts, version) => {
  expect(versionOf({ ...aStored, ...parts })).toBe(version);
});

it("encloses what no address leads to, each content once", () => {
  const here = { sha2: "aa", contentType: "text/plain" };
  const elsewhere = { ...here, sha2: "bb", fileUrl: "https://files.example/b" };
  const inside = { sha2: "cc", contentType: "image/png" };
  const statement = {
    ...aStored,
    attachments: [here, elsewhere, { ...here }],
    object: { objectType: "SubStatement", attachments: [inside] },
  };
  const draft = draftOf({ seq: 7, id: "s1", body: `{"id":"s1","stored":"x","authority":{}}` }, statement);
  expect(draft).toEqual({
    seq: 7,
    id: "s1",
    text: `{"id":"s1"}`,
    version: "1.0.3",
    enclosed: [here, inside],
  });
});

describe("requests", () => {
  const aDraft = (seq: number, parts: Partial<Draft> = {}): Draft => ({
    seq,
    id: `s${seq}`,
    text: "{}",
    version: "1.0.3",
    enclosed: [],
    ...parts,
  });
  const file = [{ sha2: "aa", contentType: "text/plain" }];

  it("hold one version each, and a statement with contents alone", () => {
    const drafts = [
      aDraft(1),
      aDraft(2),
      aDraft(3, { version: "2.0.0" }),
      aDraft(4, { enclosed: file }),
      aDraft(5, { enclosed: file }),
      aDraft(6),
      aDraft(7),
      aDraft(8),
    ];
    const requests = requestsOf(drafts, 2).map((request) => request.map((draft) => draft.seq));
    expect(requests).toEqual([[1, 2], [3], [4], [5], [6, 7], [8]]);
  });

  const anyDraft = fc.record({ two: fc.boolean(), file: fc.boolean() });
  test.prop([fc.array(anyDraft), fc.integer({ min: 1, max: 5 })])(
    "keep every statement and the order",
    (kinds, most) => {
      const drafts = kinds.map(({ two, file: with_ }, i) =>
        aDraft(i, { version: two ? "2.0.0" : "1.0.3", enclosed: with_ ? file : [] }),
      );
      const requests = requestsOf(drafts, most);
      expect(requests.flat()).toEqual(drafts);
      for (const request of requests) {
        expect(request.length).toBeLessThanOrEqual(most);
        expect(new Set(request.map((draft) => draft.version)).size).toBe(1);
      }
    },
  );
});

it.each([
  [[], null],
  [[10], 1],
  [[999], 1],
  [[60, 40, 1], 2],
  [[60, 50], 1],
  [[1, 1, 1], 3],
])("statements of %j characters are read up to number %s", (sizes, end) => {
  expect(
    endOfScan(
      sizes.map((size, i) => ({ seq: i + 1, size })),
      100,
    ),
  ).toBe(end);
});
