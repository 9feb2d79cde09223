import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { unzip } from "#test/unzip.ts";
import { zipOf } from "./zip.ts";

const at = new Date("2026-11-24T09:41:30Z");
const entries = [
  { path: "content/modules/ai-awareness/module.md", text: "# Größe zählt\n".repeat(2000) },
  { path: "content/modules/ai-awareness/items.yaml", text: "items:\n" },
  { path: "content/modules/ai-awareness/leer-ä.md", text: "" },
];

it("is opened by a reader that is not ours", () => {
  const found = Object.entries(unzipSync(zipOf(entries, at))).map(([path, bytes]) => ({
    path,
    text: strFromU8(bytes),
  }));
  expect(found).toEqual(entries);
});

it("holds each text under its name, deflated, and is the same each time", () => {
  const bytes = Buffer.from(zipOf(entries, at));
  expect(bytes.length).toBeLessThan(2000);
  expect(unzip(bytes)).toEqual(Object.fromEntries(entries.map(({ path, text }) => [path, text])));
  expect(Buffer.from(zipOf(entries, at)).equals(bytes)).toBe(true);
});
