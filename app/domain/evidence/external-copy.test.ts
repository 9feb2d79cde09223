import { describe, expect, it } from "vitest";
import {
  type Copied,
  copyState,
  type CopyState,
  copyFindings,
  type Held,
  isSameStatement,
  strangersIn,
} from "./external-copy.ts";

const ours = {
  id: "8f1c1f0e-0000-4000-8000-00000000000a",
  actor: { objectType: "Agent", account: { homePage: "https://a.example", name: "n" } },
  verb: { id: "urn:v", display: { en: "did" } },
  object: { objectType: "Activity", id: "urn:o", definition: { name: { en: "It" } } },
  result: { score: { scaled: 0.5 } },
  context: {
    registration: "8f1c1f0e-0000-4000-8000-00000000000b",
    contextActivities: { parent: [{ id: "urn:p" }] },
    extensions: { "urn:e": 1 },
  },
  timestamp: "2026-11-23T10:00:00Z",
};

describe("an LRS's copy", () => {
  it.each([
    { ...ours, stored: "later", authority: { mbox: "mailto:lrs@x.example" }, version: "1.0.3" },
    { ...ours, id: ours.id.toUpperCase(), timestamp: "2026-11-23T11:00:00.000+01:00" },
    { ...ours, verb: { id: "urn:v" }, object: { id: "urn:o" }, actor: { ...ours.actor, name: "Somebody" } },
    {
      ...ours,
      context: {
        ...ours.context,
        registration: ours.context.registration.toUpperCase(),
        contextActivities: { parent: { objectType: "Activity", id: "urn:p", definition: {} } },
      },
    },
  ])("is ours when it only tells it in other words: %#", (copy) => {
    expect(isSameStatement(ours, copy)).toBe(true);
  });

  it.each([
    { ...ours, timestamp: "2026-11-23T10:00:01Z" },
    { ...ours, verb: { id: "urn:other" } },
    { ...ours, object: { objectType: "StatementRef", id: ours.id } },
    { ...ours, actor: { mbox: "mailto:n@a.example" } },
    { ...ours, result: { score: { scaled: 0.6 } } },
    { ...ours, context: { ...ours.context, extensions: { "urn:e": 2 } } },
    { ...ours, context: { ...ours.context, contextActivities: { parent: [{ id: "urn:q" }] } } },
    { ...ours, attachments: [{ sha2: "aa" }] },
    { id: ours.id },
    null,
    "text",
  ])("is not ours otherwise: %#", (copy) => {
    expect(isSameStatement(ours, copy)).toBe(false);
  });

  it("knows a group without identifier by its members, whatever their order", () => {
    const [ann, bo] = [{ mbox: "mailto:ann@x.example" }, { mbox: "mailto:bo@x.example" }];
    const group = (member: unknown[]) => ({ ...ours, actor: { objectType: "Group", member } });
    expect(isSameStatement(group([ann, bo]), group([{ ...bo, name: "Bo" }, ann]))).toBe(true);
    expect(isSameStatement(group([ann, bo]), group([ann]))).toBe(false);
  });

  it("is compared within sub-statements", () => {
    const sub = (verb: string) => ({
      ...ours,
      object: { objectType: "SubStatement", actor: ours.actor, verb: { id: verb }, object: { id: "urn:o" } },
    });
    expect(isSameStatement(sub("urn:v"), sub("urn:v"))).toBe(true);
    expect(isSameStatement(sub("urn:v"), sub("urn:w"))).toBe(false);
  });
});

describe("how a statement stands in an LRS", () => {
  const nothing: Held = { statements: [], voided: [] };
  const has: Held = { statements: [ours], voided: [] };
  const other: Held = { statements: [{ ...ours, verb: { id: "urn:w" } }], voided: [] };
  const voidedThere: Held = { statements: [], voided: [ours.id] };
  const copied: Copied = {
    id: ours.id,
    statement: ours,
    voided: false,
    passes: true,
    past: true,
    letter: null,
  };

  it.each<[CopyState, Partial<Copied>, Held]>([
    ["there", {}, has],
    ["there", { passes: false, past: false, letter: "dropped" }, has],
    ["differs", {}, other],
    ["missing", {}, nothing],
    ["missing", { letter: "delivered" }, nothing],
    ["filtered", { passes: false }, nothing],
    ["waiting", { past: false, letter: "delivered" }, nothing],
    ["again", { letter: "again" }, nothing],
    ["refused", { letter: "refused" }, nothing],
    ["dropped", { letter: "dropped" }, nothing],
    ["voided there", {}, voidedThere],
    ["there", { voided: true }, voidedThere],
    ["not voided there", { voided: true }, has],
    ["missing", { voided: true }, nothing],
  ])("%s: %j", (state, parts, held) => {
    expect(copyState({ ...copied, ...parts }, held)).toBe(state);
  });

  it("is told with the worst first", () => {
    expect(copyFindings(["there", "there"], 0)).toEqual({
      tone: "good",
      findings: [{ state: "there", count: 2 }],
    });
    expect(copyFindings([], 0)).toEqual({ tone: "good", findings: [] });
    expect(copyFindings(["filtered", "waiting", "there"], 0)).toEqual({
      tone: "warn",
      findings: [
        { state: "waiting", count: 1 },
        { state: "there", count: 1 },
        { state: "filtered", count: 1 },
      ],
    });
    expect(copyFindings(["again", "differs", "missing", "missing"], 1)).toEqual({
      tone: "bad",
      findings: [
        { state: "missing", count: 2 },
        { state: "differs", count: 1 },
        { state: "stranger", count: 1 },
        { state: "again", count: 1 },
      ],
    });
  });

  it("names what is there and not here", () => {
    const strangers = strangersIn({ statements: [ours, { id: "X" }, {}], voided: [] }, [{ id: ours.id }]);
    expect(strangers).toEqual(["x"]);
  });
});
