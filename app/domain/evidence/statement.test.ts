import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { acknowledged, activityId, buildStatement, statementId } from "./statement.ts";

const who = {
  homePage: "https://learn.example",
  pseudonym: "0b8e7c1e-6a8e-4f5b-9f3e-1d2c3b4a5968",
  baseIri: "https://learn.example",
};
const registration = "3f0f5c39-7a37-4f1c-8a6e-2f0f0f0f0f0f";
const at = new Date("2026-11-23T10:00:00Z");

describe("statement ids", () => {
  it("are the same for the same act and differ for any other", () => {
    const id = statementId("attempt-1", "answered", 3);
    expect(statementId("attempt-1", "answered", 3)).toBe(id);
    const others = [
      statementId("attempt-2", "answered", 3),
      statementId("attempt-1", "passed", 3),
      statementId("attempt-1", "answered", 4),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });

  test.prop([fc.string(), fc.nat()])("are UUIDs of version 5", (scope, position) => {
    expect(statementId(scope, "scored", position)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe("statements", () => {
  it("name the person by pseudonym alone", () => {
    const made = buildStatement(who, {
      id: statementId("q1", "asked"),
      at,
      verb: "asked",
      object: { path: ["questions", "q1"], type: "https://example.org/t" },
      registration,
    });
    expect(made.actor).toEqual({
      objectType: "Agent",
      account: { homePage: "https://learn.example", name: who.pseudonym },
    });
    expect(made.timestamp).toBe("2026-11-23T10:00:00.000Z");
    expect(Object.keys(made)).not.toContain("result");
    expect(Object.keys(made.context ?? {})).toEqual(["registration", "contextActivities", "language"]);
  });

  it("name the profile version they follow, beside other categories", () => {
    const category = [{ objectType: "Activity" as const, id: "https://example.org/category" }];
    const parent = [{ objectType: "Activity" as const, id: "https://example.org/parent" }];
    const made = buildStatement(who, {
      id: statementId("q1", "asked"),
      at,
      verb: "asked",
      object: { path: ["questions", "q1"], type: "https://example.org/t" },
      registration,
      contextActivities: { parent, category },
    });
    expect(made.context?.contextActivities).toEqual({
      parent,
      category: [...category, { objectType: "Activity", id: "https://w3id.org/clause7/xapi/v1.0" }],
    });
  });

  it("say which version of a policy was acknowledged", () => {
    const made = acknowledged(who, {
      id: statementId("p", "acknowledged"),
      at,
      policy: { slug: "ai-policy", version: "2.0", title: "AI policy", hash: "ab" },
      registration,
    });
    expect(made.object.id).toBe("https://learn.example/xapi/policies/ai-policy/versions/2.0");
    expect(made.verb.id).toBe("https://w3id.org/clause7/xapi/verbs/acknowledged");
  });

  it("escape what is put into an activity id", () => {
    expect(activityId("https://a.example/", "x y", "a/b")).toBe("https://a.example/xapi/x%20y/a%2Fb");
  });
});
