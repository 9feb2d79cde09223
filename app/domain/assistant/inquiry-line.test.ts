import { expect, it } from "vitest";
import { inquiryLines, verdictLine } from "./inquiry-line.ts";

const good = '{"id":"a","text":"May I?"}';

it("reads questions in their order, with what may be left out", () => {
  const more = '{"id":2,"text":"And then?","earlier":["May I?"],"groups":["hr"],"expected":"cleared"}';
  expect(inquiryLines(`\uFEFF${good}\r\n\r\n${more}\n`)).toEqual({
    ok: true,
    lines: [
      { id: "a", text: "May I?", earlier: [], groups: ["all-staff"] },
      { id: 2, text: "And then?", earlier: ["May I?"], groups: ["hr"] },
    ],
  });
  expect(inquiryLines("\n")).toEqual({ ok: true, lines: [] });
});

it.each<[string, string, RegExp]>([
  ["no JSON", '{"id":"a"', /^This is not JSON\.$/],
  ["a list", "[]", /^Write an object with id and text\.$/],
  ["no id", '{"text":"May I?"}', /^Write id: a string or a number\.$/],
  ["an empty id", '{"id":"","text":"May I?"}', /^Write id: a string or a number\.$/],
  ["no text", '{"id":"a"}', /^Write text: the question, as a string\.$/],
  ["a blank text", '{"id":"a","text":" "}', /^Write text: which tool/],
  ["one group that is no list", '{"id":"a","text":"May I?","groups":"hr"}', /^Write groups as a list/],
  ["no group in the list", '{"id":"a","text":"May I?","groups":[]}', /^Write groups as a list/],
  ["a number as an earlier text", '{"id":"a","text":"May I?","earlier":[1]}', /^Write earlier as a list/],
  ["a text as earlier", '{"id":"a","text":"May I?","earlier":"So?"}', /^Write earlier as a list/],
])("names the line and the fault: %s", (_what, line, reason) => {
  expect(inquiryLines(`${good}\n\n${line}\n${good}`)).toEqual({
    ok: false,
    line: 3,
    reason: expect.stringMatching(reason),
  });
});

it("writes a verdict as one line", () => {
  const told = {
    outcome: "asked_back",
    flagged: false,
    level: "minimal",
    area: null,
    signals: [],
    language: "en",
    verdict: "That depends.\nAsk.",
    conditions: [],
    citations: [],
    askBack: [],
    masked: [],
  } as const;
  const line = verdictLine(7, {
    ...told,
    signals: [],
    conditions: [],
    citations: [],
    askBack: [],
    masked: [],
  });
  expect(line).toBe(
    '{"id":7,"outcome":"asked_back","flagged":false,"level":"minimal","area":null,"signals":[],"verdict":"That depends.\\nAsk.","citations":[]}',
  );
});
