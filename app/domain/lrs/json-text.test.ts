import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { readJson } from "./json-text.ts";

function membersOf(text: string): string[][] {
  const read = readJson(text);
  if (!read.ok) throw new Error(read.reason);
  return read.objects.map((o) => o.members.map((m) => `${m.key}=${text.slice(m.valueStart, m.end)}`));
}

describe("readJson", () => {
  it("finds the members of an object as they were written", () => {
    expect(membersOf('{ "a" : 1.0 ,"b":{"c":[1,{"d":2}]}, "e\\u0041":"x\\"y" }')).toEqual([
      ["a=1.0", 'b={"c":[1,{"d":2}]}', 'eA="x\\"y"'],
    ]);
  });

  it("finds those of every object in an array", () => {
    expect(membersOf('[{"a":true},{},{"b":null,"c":"]}"}]')).toEqual([["a=true"], [], ["b=null", 'c="]}"']]);
  });

  it.each([
    ["broken JSON", '{"a":', "not JSON"],
    ["a name twice", '{"a":1,"a":1}', '"a" stands twice'],
    ["a name twice, once escaped", '{"x":{"a":1,"\\u0061":1}}', '"a" stands twice'],
    [
      "a name twice among many",
      `{${Array.from({ length: 40 }, (_, i) => `"k${i}":0`).join()},"k3":1}`,
      '"k3"',
    ],
    ["nesting beyond reason", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "nested deeper"],
  ])("refuses %s", (_, text, words) => {
    const read = readJson(text);
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.reason).toContain(words);
  });

  test.prop([
    fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 }),
    fc.integer({ min: 0, max: 3 }),
  ])("gives back every member of any objects", (objects, indent) => {
    const text = JSON.stringify(objects, null, indent);
    const read = readJson(text);
    if (!read.ok) throw new Error(read.reason);
    const rebuilt = read.objects.map((o) => `{${o.members.map((m) => text.slice(m.start, m.end)).join()}}`);
    expect(rebuilt.map((t) => JSON.parse(t) as unknown)).toEqual(JSON.parse(text));
    expect(read.objects.map((o) => JSON.parse(text.slice(o.start, o.end)) as unknown)).toEqual(
      JSON.parse(text),
    );
    for (const [i, o] of read.objects.entries())
      for (const m of o.members)
        expect(JSON.parse(text.slice(m.valueStart, m.end))).toEqual(
          (JSON.parse(text) as Record<string, unknown>[])[i]?.[m.key],
        );
  });
});
