import { describe, expect, it } from "vitest";
import { activityParameter, agentParameter, parameterFault, sinceParameter } from "./parameter.ts";

const lenient = { agent: () => null, iri: () => null, uuid: () => true, timestamp: () => null };
const strict = { agent: () => "No.", iri: () => "No.", uuid: () => false, timestamp: () => "No." };
const query = (text: string): URLSearchParams => new URLSearchParams(text);

describe("parameterFault (xAPI 1.0.3 part 3 §3.2)", () => {
  it.each([
    ["activityId=a&stateId=b", null],
    ["", null],
    ["activityid=a", "Write it as activityId"],
    ["foo=1", "unknown here. Leave it out; known are activityId, stateId"],
    ["activityId=a&activityId=a", "more than once"],
  ])("%s", (text, words) => {
    const fault = parameterFault(query(text), ["activityId", "stateId"]);
    if (words === null) expect(fault).toBeNull();
    else expect(fault).toContain(words);
  });

  it("says so where no parameter is known", () => {
    expect(parameterFault(query("a=1"), [])).toBe('The parameter "a" is unknown here. Leave it out.');
  });
});

describe("agentParameter (§2.4, §2.6)", () => {
  const agent = { mbox: "mailto:ann@example.org" };
  it("reads an Agent", () => {
    expect(agentParameter(new URLSearchParams({ agent: JSON.stringify(agent) }), lenient)).toEqual({
      ok: true,
      value: agent,
    });
  });

  it.each([
    ["", "missing"],
    ["agent=true", "not a JSON object"],
    ["agent=%7B", "not a JSON object"],
    ["agent=[]", "not a JSON object"],
    ["agent=null", "not a JSON object"],
    [`agent={"objectType":"Group","mbox":"mailto:g@example.org"}`, "is a Group"],
  ])("refuses %s", (text, words) => {
    expect(agentParameter(query(text), lenient)).toMatchObject({
      ok: false,
      message: expect.stringContaining(words) as string,
    });
  });

  it("hands on what the check says", () => {
    expect(agentParameter(query("agent={}"), strict)).toEqual({
      ok: false,
      message: "The parameter agent: No.",
    });
  });
});

describe("activityParameter (§2.5)", () => {
  it("reads an IRI, and refuses a missing or a bad one", () => {
    expect(activityParameter(query("activityId=https://example.org/a"), lenient)).toEqual({
      ok: true,
      value: "https://example.org/a",
    });
    expect(activityParameter(query(""), lenient)).toMatchObject({ ok: false });
    expect(activityParameter(query("activityId=a"), strict)).toMatchObject({ ok: false });
  });
});

describe("sinceParameter", () => {
  it.each([
    ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23T10:00:00.123456Z", "2026-11-23T10:00:00.123Z"],
    ["2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00.000Z"],
    ["2026-11-23T10:00:00-0130", "2026-11-23T11:30:00.000Z"],
    ["2026-11-23T10:00:00+01", "2026-11-23T09:00:00.000Z"],
    ["2026-11-23T10:00:00", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23 10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23", "2026-11-23T00:00:00.000Z"],
  ])("takes %s for %s", (since, instant) => {
    expect(sinceParameter(new URLSearchParams({ since }), lenient)).toEqual({
      ok: true,
      value: new Date(instant),
    });
  });

  it("is null when absent, and refused when it is no time", () => {
    expect(sinceParameter(query(""), strict)).toEqual({ ok: true, value: null });
    expect(sinceParameter(query("since=x"), lenient)).toMatchObject({ ok: false });
    expect(sinceParameter(query("since=x"), strict)).toMatchObject({ ok: false });
  });
});
