import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { roles } from "../people/role.ts";
import { type Condition, meets, rule, type Rule, type Subject } from "./rule.ts";
import {
  draftFrom,
  draftOf,
  emptyRow,
  placeAfter,
  redraft,
  rowFields,
  type RuleDraft,
  ruleFrom,
} from "./rule-form.ts";

const someone: Subject = {
  id: "p-1",
  audiences: ["all-staff", "engineers"],
  department: "Sales",
  location: "Rotterdam",
  employmentType: "contractor",
  computerShare: 25,
  roles: ["employee", "reviewer"],
  uses: ["quillmate"],
  oversees: ["hirelens"],
  named: [],
  leftOn: null,
};

describe("a rule", () => {
  it.each<[Condition[][], boolean]>([
    [[[{ audience: ["engineers", "sales"] }]], true],
    [[[{ audience: ["sales"] }]], false],
    [[[{ department: ["Sales"] }, { location: ["Gdańsk"] }]], false],
    [[[{ department: ["Sales"] }, { location: ["Gdańsk", "Rotterdam"] }]], true],
    [[[{ location: ["Gdańsk"] }], [{ employmentType: ["contractor"] }]], true],
    [[[{ aimsRole: ["reviewer"] }]], true],
    [[[{ aimsRole: ["auditor"] }]], false],
    [[[{ uses: ["quillmate"] }, { oversees: ["hirelens"] }]], true],
    [[[{ uses: ["hirelens"] }]], false],
    [[[{ computerShare: { atLeast: 25 } }]], true],
    [[[{ computerShare: { atLeast: 26 } }]], false],
    [[[{ computerShare: { atLeast: 10, atMost: 24 } }]], false],
  ])("%j: %s", (groups, met) => {
    expect(meets({ any: groups.map((all) => ({ all })) }, someone)).toBe(met);
  });

  it("may be written shorter in content, and is read again as it is stored", () => {
    const group = { all: [{ audience: ["engineers"] }, { computerShare: { atLeast: 20 } }] };
    expect(rule.parse(group)).toEqual({ any: [group] });
    const stored = rule.parse({ any: [{ department: ["Sales"] }, group] });
    expect(stored).toEqual({ any: [{ all: [{ department: ["Sales"] }] }, group] });
    expect(rule.parse(stored)).toEqual(stored);
  });

  it.each([
    { any: [] },
    { all: [] },
    { all: [{}] },
    { all: [{ audience: [] }] },
    { all: [{ shoeSize: ["42"] }] },
    { all: [{ computerShare: {} }] },
    { all: [{ computerShare: { atLeast: 50, atMost: 20 } }] },
  ])("is not %j", (written) => {
    expect(rule.safeParse(written).success).toBe(false);
  });
});

const names = fc.uniqueArray(fc.constantFrom("a-b", "c", "d1"), { minLength: 1 });
const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom("audience", "department", "location", "employmentType", "uses", "oversees")
    .chain((attribute) => names.map((values) => ({ [attribute]: values }) as Condition)),
  fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }).map((aimsRole) => ({ aimsRole })),
  fc
    .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
    .map(([a, b]) => ({ computerShare: { atLeast: Math.min(a, b), atMost: Math.max(a, b) } })),
  fc.integer({ min: 0, max: 100 }).map((atLeast) => ({ computerShare: { atLeast } })),
);
const anyRule: fc.Arbitrary<Rule> = fc.record({
  any: fc.array(fc.record({ all: fc.array(anyCondition, { minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
});
/** The fields that a draft is drawn as. */
const sent = (draft: RuleDraft) =>
  Object.fromEntries(
    draft.flatMap((rows, g) =>
      rows.flatMap((row, r) => {
        const fields = rowFields(g, r);
        return [
          [fields.attribute, row.attribute],
          [fields.values, row.values],
          [fields.atLeast, row.atLeast],
          [fields.atMost, row.atMost],
        ];
      }),
    ),
  );

describe("the form of a rule", () => {
  property.prop([anyRule])("says the same there and back", (any) => {
    expect(ruleFrom(draftFrom(sent(draftOf(any))))).toEqual({ ok: true, rule: any });
  });

  it("adds, begins and takes away rows, and closes gaps", () => {
    const draft = [[emptyRow("audience")], [emptyRow("location"), emptyRow("uses")]];
    expect(redraft(draft, "add:0", "department")?.[0]).toEqual([
      emptyRow("audience"),
      emptyRow("department"),
    ]);
    expect(redraft(draft, "group", "oversees")).toHaveLength(3);
    expect(redraft(draft, "remove:1:0", "audience")).toEqual([[emptyRow("audience")], [emptyRow("uses")]]);
    expect(redraft(draft, "remove:0:0", "audience")).toEqual([[emptyRow("location"), emptyRow("uses")]]);
    expect(redraft(draft, "preview", "audience")).toBeNull();
    expect(
      draftFrom({ "attribute.0.2": "audience", "values.0.2": "x", "attribute.4.0": "shoeSize" }),
    ).toEqual([[{ ...emptyRow("audience"), values: ["x"] }]]);
  });

  it("names the rows at fault", () => {
    const share = { ...emptyRow("computerShare"), atLeast: "80", atMost: "20" };
    expect(ruleFrom([[emptyRow("audience"), share], [{ ...share, atMost: "many" }]])).toEqual({
      ok: false,
      faults: { "values.0.0": "no_values", "values.0.1": "no_share", "values.1.0": "no_share" },
    });
  });
});

it.each([
  ["group", [2], [2, 1], { group: 1, row: 0 }],
  ["add:0", [1, 1], [2, 1], { group: 0, row: 1 }],
  ["remove:0:0", [3], [2], { group: 0, row: 0 }],
  ["remove:0:2", [3], [2], { group: 0, row: 1 }],
  ["remove:0:0", [1, 2], [2], { group: 0, row: 0 }],
  ["remove:1:0", [2, 1], [2], { group: 0, row: 1 }],
  ["remove:0:0", [1], [], null],
])("goes on after %s from rows %o to %o at %o", (intent, before, after, place) => {
  const draft = (rows: readonly number[]) =>
    rows.map((n) => Array.from({ length: n }, () => emptyRow("audience")));
  expect(placeAfter(draft(before), draft(after), intent)).toEqual(place);
});
