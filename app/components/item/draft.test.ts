import { expect, it } from "vitest";
import { readDraft } from "./draft.ts";

it.each([
  ["a list", '{"given":["c1"],"revision":2}', { given: ["c1"], revision: 2 }],
  ["pairs", '{"given":{"l1":"c2"},"revision":0}', { given: { l1: "c2" }, revision: 0 }],
  ["a short answer", '{"given":"bias","revision":1}', { given: "bias", revision: 1 }],
  [
    "how sure its author is",
    '{"given":["c1"],"confidence":"certain","revision":1}',
    { given: ["c1"], confidence: "certain", revision: 1 },
  ],
  ["an answer taken back", '{"given":null,"revision":3}', { given: null, revision: 3 }],
  ["nothing", null, null],
  ["what is no JSON", "{", null],
  ["what is no draft", '"text"', null],
  ["a response that holds more than text", '{"given":[{}],"revision":1}', null],
  ["a draft without its revision", '{"given":["c1"]}', null],
])("reads %s", (_, text, kept) => {
  expect(readDraft(text)).toEqual(kept);
});
