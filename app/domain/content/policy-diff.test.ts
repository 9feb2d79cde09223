import { expect, it } from "vitest";
import { clauseChanges } from "./policy-diff.ts";

const clause = (number: string, heading: string, text = "Same.") => ({ number, heading, text });

it.each([
  ["nothing", [clause("1.1", "A")], [clause("1.1", "A")], []],
  ["other words", [clause("1.1", "A", "Old.")], [clause("1.1", "A", "New.")], [["changed", "1.1", null]]],
  ["nothing where a text is merely quoted", [clause("1.1", "A", "Law.")], [clause("1.1", "A", "> Law.")], []],
  ["a new clause", [clause("1.1", "A")], [clause("1.1", "A"), clause("1.2", "B")], [["added", "1.2", null]]],
  [
    "a clause gone",
    [clause("1.1", "A"), clause("1.2", "B")],
    [clause("1.1", "A")],
    [["removed", "1.2", null]],
  ],
  [
    "a clause between others",
    [clause("1.1", "A"), clause("1.2", "B", "b")],
    [clause("1.1", "A"), clause("1.2", "New", "n"), clause("1.3", "B", "b")],
    [
      ["added", "1.2", null],
      ["changed", "1.3", "1.2"],
    ],
  ],
  ["another heading", [clause("1.1", "A")], [clause("1.1", "Z")], [["changed", "1.1", null]]],
])("tells of %s", (_, before, after, told) => {
  const changes = clauseChanges(before, after);
  expect(changes.map((one) => [one.change, one.number, one.before])).toEqual(told);
});

it("shows quoted lines as text, without their mark", () => {
  const [change] = clauseChanges(
    [],
    [clause("1.1", "A", "We do.\n\n> Legal source: Art. 4\n>\n> of the AI Act")],
  );
  expect(JSON.stringify(change?.rows)).toContain("Legal source: Art. 4");
  expect(JSON.stringify(change?.rows)).not.toContain(">");
});
