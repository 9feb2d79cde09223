import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { languages } from "../content/language.ts";
import { renderMarkdown } from "../content/markdown.ts";
import { fill, literally, mailKinds, mailLanguage, parseMail, plainOf } from "./mail-text.ts";
import { mailing } from "#test/mailing.ts";

const practice = (subject: string, line: string, body = "Hello\n\n{{lines}}\n") =>
  `---\nsubject: "${subject}"\nline: "${line}"\n---\n${body}`;

it("reads a mail with its texts and its body", () => {
  expect(parseMail("practice", practice("Two: {{title}}", "[go]({{link}})"), "p.md")).toEqual({
    texts: { subject: "Two: {{title}}", line: "[go]({{link}})" },
    body: "Hello\n\n{{lines}}",
  });
});

it.each([
  [
    "an unknown placeholder in a text",
    practice("{{name}}", "{{link}}"),
    "p.md:2: {{name}} stands for nothing; there are title",
  ],
  ["a line without its link", practice("x", "{{title}}"), "p.md:3: {{link}} is missing"],
  [
    "an unknown placeholder in the body",
    practice("x", "{{link}}", "a\n{{lines}}\n{{x}}"),
    "p.md:7: {{x}} stands for nothing; there are lines",
  ],
  ["a body that tells nothing", practice("x", "{{link}}", "Hello"), "p.md:5: {{lines}} is missing"],
  ["a missing text", "---\nsubject: x\n---\n{{lines}}", "p.md:2: line: this is missing"],
  [
    "a text too many",
    practice("x", "{{link}}").replace("line:", "more: x\nline:"),
    "p.md:3: file: “more” is not known here",
  ],
  ["no front matter", "Hello", "p.md:1: the file begins with front matter"],
])("refuses %s", (_what, text, message) => {
  expect(() => parseMail("practice", text, "p.md")).toThrow(message);
});

it("has every mail in every language", () => {
  for (const kind of mailKinds) expect(Object.keys(mailing.book[kind])).toEqual([...languages]);
});

it.each([
  ["de", "de"],
  ["de-AT", "de"],
  ["FR", "fr"],
  ["nl", "en"],
  ["", "en"],
])("writes to a reader of %j in %s", (language, mail) => {
  expect(mailLanguage(language)).toBe(mail);
});

const names = fc.string({ minLength: 1, unit: fc.constantFrom(..."ab1 *_[](){}<>#|`\\.@:/&~-!+") });

test.prop([names])("shows a name as it is, whatever signs it holds", (name) => {
  const shown = name.replace(/\s+/g, " ").trim();
  fc.pre(shown !== "");
  const markdown = fill("x {{name}} [y](https://a.example/b)", { name: literally(shown) });
  expect(plainOf(markdown)).toBe(`x ${shown} y: https://a.example/b`);
  const html = renderMarkdown(markdown);
  const text = html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&#x3C;", "<")
    .replaceAll("&#x26;", "&")
    .trim();
  expect(text).toBe(`x ${shown} y`);
});

it("turns headings, lists and tables into lines", () => {
  const table =
    "## Late\n\n| Person | Since |\n| --- | --- |\n| [A\\|B](https://x.example/r) | 3 May |\n\n- **now**";
  expect(plainOf(table)).toBe("Late\n\nPerson · Since\nA|B: https://x.example/r · 3 May\n\n- now");
});
