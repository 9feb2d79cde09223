import { fc, test } from "@fast-check/vitest";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { moduleFiles, parseSource } from "./module-source.ts";
import { textAt, withAdded, withMoved, withoutPart, withText } from "./outline.ts";
import { editable, joined, sectionAt, sectionsOf, written } from "./section.ts";

const folder = "content/modules";
const files = readdirSync(folder).flatMap((slug) =>
  readdirSync(`${folder}/${slug}`)
    .filter((name) => moduleFiles.includes(name))
    .map((name) => ({
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

describe.each(files)("$slug/$name", ({ name, text }) => {
  it("is cut into sections that together are the file, each with its id", () => {
    const found = sectionsOf(name, text);
    expect(found.map((one) => one.text).join("")).toBe(text);
    expect(found.length).toBeGreaterThan(1);
    expect(found.slice(1).every((one) => one.id !== null)).toBe(true);
    expect(
      text
        .split("\n")
        .slice((found[1]?.line ?? 0) - 1)
        .join("\n")
        .startsWith(found[1]?.text ?? "-"),
    ).toBe(true);
  });
});

it("finds as many lessons and items as the module has", () => {
  const module = parseSource(source, "");
  const ids = (name: string) => sectionsOf(name, source[name] ?? "").flatMap((one) => one.id ?? []);
  expect(ids("module.md")).toEqual(module.lessons.map((lesson) => lesson.id));
  expect(ids("items.yaml")).toEqual(module.items.map((item) => item.id));
});

it("keeps what a module says when every section goes through the editor", () => {
  const before = parseSource(source, "");
  const through = Object.fromEntries(
    Object.entries(source).map(([name, text]) => [
      name,
      joined(
        sectionsOf(name, text).map((one) =>
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
  const [head, one, two] = sectionsOf("items.yaml", bank);
  expect(head?.text).toBe("# The bank\nitems:\n");
  expect(one).toMatchObject({ id: "one", title: "What?", line: 3 });
  expect(two).toMatchObject({ id: "two", line: 6 });
  expect(two && editable(two)).toBe("# About two\nid: two\nstem: |\n  Two lines\n\n  and a gap");
  expect(sectionAt(sectionsOf("items.yaml", bank), 5)).toBe(1);
  expect(sectionAt(sectionsOf("items.yaml", bank), 9)).toBe(2);
});

it("finds the sections of what is faulty", () => {
  expect(
    sectionsOf("module.md", "no front matter\n# One\n```question\n# Two\n").map((one) => one.title),
  ).toEqual(["About the module", "One", "Two"]);
  const broken = "items:\n  - { id: one, stem: [\n  - id: two\n";
  expect(sectionsOf("items.yaml", broken).map((one) => one.id)).toEqual([null, "one", "two"]);
  expect(sectionsOf("items.yaml", "items: [ { id: a } ]")).toHaveLength(1);
});

const markdown = `---
slug: x
# a comment, no lesson
---

# One

\`\`\`lesson
id: one
\`\`\`

Text.

# Two

\`\`\`lesson
id: two
\`\`\`

\`\`\`question
# a comment in YAML
id: q
\`\`\`
`;
const small = { "module.md": markdown, "items.yaml": bank };
const ids = (files: Readonly<Record<string, string>>, file: string) =>
  sectionsOf(file, files[file] ?? "").map((one) => one.id);

describe("the outline", () => {
  it("replaces one section and leaves every other as it is", () => {
    const result = withText(
      small,
      { file: "module.md", part: 1 },
      "# One\r\n\r\n```lesson\r\nid: uno\r\n```\r\n\r\nNew text.",
    );
    if (!result.ok) throw new Error(result.reason);
    expect(ids(result.source, "module.md")).toEqual([null, "uno", "two"]);
    expect(textAt(result.source, { file: "module.md", part: 2 })).toBe(
      textAt(small, { file: "module.md", part: 2 }),
    );
    expect(result.source["module.md"]).not.toContain("\r");
  });

  it("saves an item that cannot be read, and finds it again", () => {
    const result = withText(small, { file: "items.yaml", part: 1 }, "id: one\nstem: [");
    if (!result.ok) throw new Error(result.reason);
    expect(ids(result.source, "items.yaml")).toEqual([null, "one", "two"]);
  });

  it("refuses a text that would take in the next section, an empty one, and one that is gone", () => {
    const place = { file: "module.md", part: 1 };
    const open = "# One\n\n```lesson\nid: one\n```\n\n```question\nid: q";
    expect(withText(small, place, open).ok).toBe(true);
    const twisted = `${open}\n`.replace("```question", "~~~\n```only");
    expect(withText(small, place, twisted).ok).toBe(true);
    expect(withText(small, place, "no heading")).toEqual({ ok: false, reason: "borders" });
    const comments = { file: "items.yaml", part: 2 };
    expect(withText(small, comments, "# only a comment")).toEqual({ ok: false, reason: "borders" });
    expect(withText(small, place, " \n ")).toEqual({ ok: false, reason: "empty" });
    expect(withText(small, { file: "module.md", part: 7 }, "x")).toEqual({ ok: false, reason: "missing" });
    expect(withText(small, { file: "module.de.md", part: 0 }, "x")).toEqual({ ok: false, reason: "missing" });
    expect(withText(small, { file: "module.md", part: 0 }, "---\nslug: x\n# One")).toEqual({
      ok: false,
      reason: "borders",
    });
  });

  it("adds, moves and removes, in translations too", () => {
    const german = { ...small, "module.de.md": markdown.replaceAll("Text.", "Text auf Deutsch.") };
    const added = withAdded(german, {
      file: "module.md",
      after: 1,
      kind: "lesson",
      text: "# New\n\n```lesson\nid: new\n```",
    });
    if (!added.ok) throw new Error(added.reason);
    expect(ids(added.source, "module.md")).toEqual([null, "one", "new", "two"]);
    const moved = withMoved(added.source, { file: "module.md", part: 3 }, -1);
    if (!moved.ok) throw new Error(moved.reason);
    expect(ids(moved.source, "module.md")).toEqual([null, "one", "two", "new"]);
    expect(withMoved(moved.source, { file: "module.md", part: 3 }, 1)).toEqual({
      ok: true,
      source: moved.source,
    });
    const removed = withoutPart(moved.source, { file: "module.md", part: 1 });
    if (!removed.ok) throw new Error(removed.reason);
    expect(ids(removed.source, "module.md")).toEqual([null, "two", "new"]);
    expect(ids(removed.source, "module.de.md")).toEqual([null, "two"]);
    expect(withoutPart(small, { file: "module.md", part: 0 })).toEqual({ ok: false, reason: "missing" });
  });
});

it("takes the figures of a lesson along when its id changes, and away with it", () => {
  const figures = { "figures/one.svg": "1", "figures/one.de.svg": "2", "figures/two.svg": "3" };
  const source = { ...small, ...figures };
  const place = { file: "module.md", part: 1 };
  const renamed = withText(source, place, "# One\n\n```lesson\nid: first\n```\n\nText.");
  expect(renamed).toMatchObject({
    ok: true,
    source: { "figures/first.svg": "1", "figures/first.de.svg": "2", "figures/two.svg": "3" },
  });
  const removed = withoutPart(source, place);
  expect(removed.ok && Object.keys(removed.source)).toEqual(["module.md", "items.yaml", "figures/two.svg"]);
});

const word = fc
  .stringMatching(/^[A-Za-zäß ,.#-]{1,20}$/)
  .filter((text) => text.trim() === text && text !== "");
test.prop([
  fc.array(fc.record({ id: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), stem: word }), { minLength: 1 }),
])("writes items so that they read as before", (items) => {
  const text = `items:\n${items.map((item) => written("item", `id: ${item.id}\nstem: ${JSON.stringify(item.stem)}`)).join("")}`;
  expect(sectionsOf("items.yaml", text).slice(1)).toMatchObject(
    items.map(({ id, stem }) => ({ id, title: stem })),
  );
});
