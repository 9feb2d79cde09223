import { fc, test } from "@fast-check/vitest";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSource } from "./module-source.ts";
import { editable, joined, moved, type Section, sectionAt, sectionsOf, written } from "./section.ts";

const folder = "content/modules";
const files = readdirSync(folder).flatMap((slug) =>
  readdirSync(`${folder}/${slug}`).map((name) => ({
    slug,
    name,
    text: readFileSync(`${folder}/${slug}/${name}`, "utf8"),
  })),
);
const source = Object.fromEntries(
  ["module.md", "items.yaml"].map((name) => [
    name,
    readFileSync(`${folder}/ai-for-people-managers/${name}`, "utf8"),
  ]),
);

function sections(name: string, text: string): Section[] {
  const found = sectionsOf(name, text);
  if (!found) throw new Error(`${name} has no sections`);
  return found;
}

describe.each(files)("$slug/$name", ({ name, text }) => {
  it("is cut into sections that together are the file", () => {
    const found = sections(name, text);
    expect(found.map((one) => one.text).join("")).toBe(text);
    expect(found.length).toBeGreaterThan(2);
    expect(found.slice(1).every((one) => one.id !== null)).toBe(true);
  });
});

it("keeps what a module says when every section goes through the editor", () => {
  const before = parseSource(source, "");
  const through = Object.fromEntries(
    Object.entries(source).map(([name, text]) => [
      name,
      joined(
        sections(name, text).map((one) =>
          one.kind === "head" ? one : { text: written(one.kind, editable(one)) },
        ),
      ),
    ]),
  );
  expect(parseSource(through, "")).toEqual(before);
});

const bank = `# The bank
items:
  # First comes a comment.
  - { id: one, stem: "What?",
      options: [] }

  # About two
  - id: two
    stem: |
      Two lines

      and a gap
`;

it("lets comments belong to the item that follows", () => {
  const [head, one, two] = sections("items.yaml", bank);
  expect(head?.text).toBe("# The bank\nitems:\n");
  expect(one).toMatchObject({ id: "one", title: "What?", line: 3 });
  expect(two).toMatchObject({ id: "two", line: 6 });
  expect(editable(two as Section)).toBe("# About two\nid: two\nstem: |\n  Two lines\n\n  and a gap");
  expect(sectionAt(sections("items.yaml", bank), 5)).toBe(1);
  expect(sectionAt(sections("items.yaml", bank), 9)).toBe(2);
});

it("moves a section past its neighbour, never past the head", () => {
  const all = sections("items.yaml", bank);
  expect(moved(all, 2, -1).map((one) => one.id)).toEqual([null, "two", "one"]);
  expect(moved(all, 1, -1)).toEqual(all);
  expect(moved(all, 2, 1)).toEqual(all);
});

it("has no sections for what it cannot read", () => {
  expect(sectionsOf("module.md", "no front matter")).toBeNull();
  expect(sectionsOf("module.md", "---\nslug: x\n---\ntext before a lesson\n")).toBeNull();
  expect(sectionsOf("items.yaml", "items: [ { id: a } ]")).toBeNull();
  expect(sectionsOf("items.yaml", "items:\n  - id: a\n   b: [\n")).toBeNull();
  expect(sectionsOf("items.yaml", "other: 1\n")).toBeNull();
});

const word = fc
  .stringMatching(/^[A-Za-zäß ,.#-]{1,20}$/)
  .filter((text) => text.trim() === text && text !== "");
test.prop([
  fc.array(fc.record({ id: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), stem: word }), { minLength: 1 }),
])("writes items so that they read as before", (items) => {
  const text = `items:\n${items.map((item) => written("item", `id: ${item.id}\nstem: ${JSON.stringify(item.stem)}`)).join("")}`;
  expect(sections("items.yaml", text).slice(1)).toMatchObject(
    items.map(({ id, stem }) => ({ id, title: stem })),
  );
});
