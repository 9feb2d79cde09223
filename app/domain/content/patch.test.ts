import { describe, expect, it } from "vitest";
import { filesGone, patchOf } from "./patch.ts";

const lines = (count: number): string[] => Array.from({ length: count }, (_, i) => `line ${i + 1}`);
const text = (rows: readonly string[]): string => `${rows.join("\n")}\n`;

describe("a patch of a module", () => {
  it("is empty where nothing differs", () => {
    expect(patchOf({ "module.md": "a\n" }, { "module.md": "a\n" }, "m")).toBe("");
  });

  it("holds only the lines that differ, with three around them", () => {
    const before = lines(30);
    const after = before.with(9, "tenth").toSpliced(25, 1);
    expect(patchOf({ "module.md": text(before) }, { "module.md": text(after) }, "content/m")).toBe(
      [
        "diff --git a/content/m/module.md b/content/m/module.md",
        "--- a/content/m/module.md",
        "+++ b/content/m/module.md",
        "@@ -7,7 +7,7 @@",
        " line 7\n line 8\n line 9\n-line 10\n+tenth\n line 11\n line 12\n line 13",
        "@@ -23,7 +23,6 @@",
        " line 23\n line 24\n line 25\n-line 26\n line 27\n line 28\n line 29",
        "",
      ].join("\n"),
    );
  });

  it("adds and deletes files, and tells of a last line without an end", () => {
    const patch = patchOf({ "figures/a.svg": "<svg/>\n" }, { "items.yaml": "items:" }, "m");
    expect(patch).toBe(
      [
        "diff --git a/m/figures/a.svg b/m/figures/a.svg",
        "deleted file mode 100644",
        "--- a/m/figures/a.svg",
        "+++ /dev/null",
        "@@ -1,1 +0,0 @@",
        "-<svg/>",
        "diff --git a/m/items.yaml b/m/items.yaml",
        "new file mode 100644",
        "--- /dev/null",
        "+++ b/m/items.yaml",
        "@@ -0,0 +1,1 @@",
        "+items:",
        "\\ No newline at end of file",
        "",
      ].join("\n"),
    );
    expect(filesGone({ a: "", b: "" }, { b: "" })).toEqual(["a"]);
  });
});
