import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { itemsOfEveryType, openItems } from "#test/course.ts";
import { moduleChanges, moduleTexts } from "./module-diff.ts";
import { type ModuleSource, parseSource } from "./module-source.ts";
import { plainItem } from "./plain-item.ts";
import { withMoved, withoutPart } from "./outline.ts";
import { sectionsOf } from "./section.ts";

const folder = "content/modules/ai-for-people-managers";
const source: ModuleSource = Object.fromEntries(
  ["module.md", "items.yaml"].map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
);
const texts = (of: ModuleSource) => moduleTexts(parseSource(of, ""), of);
const before = texts(source);

function changed(name: string, edit: (text: string) => string) {
  const after = { ...source, [name]: edit(source[name] ?? "") };
  expect(after).not.toEqual(source);
  return moduleChanges(before, texts(after));
}

it("finds nothing where nothing changed", () => {
  expect(moduleChanges(before, texts(source))).toEqual([]);
});

it("names the lesson and the words that changed", () => {
  const changes = changed("module.md", (text) =>
    text.replace("**A person decides, having looked.**", "**A person decides after having looked.**"),
  );
  expect(changes).toMatchObject([
    { kind: "lesson", id: "decisions-about-people", change: "changed", language: "en" },
  ]);
  const pieces = changes[0]?.rows.flatMap((row) => (row.kind === "changed" ? row.pieces : []));
  expect(
    pieces?.filter((piece) => piece.kind !== "same").map((piece) => [piece.kind, piece.text.trim()]),
  ).toEqual([
    ["removed", ","],
    ["added", "after"],
  ]);
});

it("tells apart what the module asks for, what was added and what was taken away", () => {
  const changes = changed("module.md", (text) => text.replace("passMark: 0.8", "passMark: 0.9"));
  expect(changes).toMatchObject([{ kind: "about", id: "rules" }]);
  const without = (text: string) => {
    const part = sectionsOf("items.yaml", text).findIndex((section) => section.id === "pm-002");
    const result = withoutPart({ "items.yaml": text }, { file: "items.yaml", part });
    return (result.ok && result.source["items.yaml"]) || "";
  };
  expect(changed("items.yaml", without)).toMatchObject([{ kind: "item", id: "pm-002", change: "removed" }]);
  const less = { ...source, "items.yaml": without(source["items.yaml"] ?? "") };
  expect(moduleChanges(texts(less), before)).toMatchObject([{ kind: "item", id: "pm-002", change: "added" }]);
});

it("shows a new order once", () => {
  const swap = (text: string) => {
    const result = withMoved({ "module.md": text }, { file: "module.md", part: 1 }, 1);
    return (result.ok && result.source["module.md"]) || "";
  };
  expect(changed("module.md", swap)).toMatchObject([
    { kind: "order", id: "lesson", title: "Order of the lessons" },
  ]);
});

it("puts every word of every type of item in the text", () => {
  const told = new Set(["type", "id", "start", "next", "correct", "answer", "score"]);
  const words = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.flatMap(words);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => (told.has(key) ? [] : words(part)));
  };
  for (const item of [...itemsOfEveryType("x"), ...openItems("x")]) {
    const text = plainItem(item);
    expect(words(item).filter((word) => !text.includes(word))).toEqual([]);
  }
});
