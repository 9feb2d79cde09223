import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { mailing } from "#test/mailing.ts";
import { languages } from "../content/language.ts";
import { type DigestFacts, type LateLine, writeDigest } from "./digest.ts";
import { stages } from "./reminder.ts";

const setting = {
  book: mailing.book,
  baseUrl: "https://learn.example",
  organisation: "Aldermoor",
  listed: 3,
};
const none: DigestFacts = {
  name: "Mila",
  training: [],
  policy: [],
  practice: [],
  team: [],
  organisation: [],
  address: [],
  optional: "none",
};
const date = new Date("2026-12-03T09:00:00Z");
const training = (title: string, stage: DigestFacts["training"][number]["stage"]) => ({
  slug: "ai",
  title,
  stage,
  date,
});
const late = (personId: string, status: LateLine["status"] = "overdue"): LateLine => ({
  personId,
  name: `Person ${personId}`,
  title: "AI awareness",
  status,
  since: date,
});

it("is not written when there is nothing to tell", () => {
  expect(writeDigest(setting, "en", none)).toBeNull();
});

it("is named by what presses most, and tells the rest in its order", () => {
  const facts = {
    ...none,
    practice: [{ slug: "old", title: "Old" }],
    training: [training("New", "assigned"), training("Late", "overdue")],
    team: [late("a")],
  };
  const digest = writeDigest(setting, "en", { ...facts, optional: "some" });
  expect(digest?.subject).toBe("Overdue: Late (and 3 more)");
  expect(digest?.topics).toEqual(["training", "team", "practice"]);
  const { text = "" } = digest ?? {};
  const order = ["Late was due on 3 December 2026", "New was assigned", "Late in your team", "/practice/old"];
  const places = order.map((words) => text.indexOf(words));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it.each([
  ["none", true, false],
  ["some", true, true],
  ["all", false, true],
] as const)("says what may be switched off: %s", (optional, must, may) => {
  const text = writeDigest(setting, "en", { ...none, training: [training("New", "due")], optional })?.text;
  expect(text?.includes("cannot be switched off")).toBe(must);
  expect(text?.includes("switch them off: https://learn.example/account/notices")).toBe(may);
});

it("names people while they are few, and counts them beyond", () => {
  const few = writeDigest(setting, "en", { ...none, organisation: ["a", "b", "c"].map((id) => late(id)) });
  expect(few?.html).toContain('<a href="https://learn.example/records/a">Person a</a>');
  expect(few?.html).toContain("https://learn.example/board?status=overdue");
  const people = ["a", "b", "c", "d"].map((id) => late(id, id === "d" ? "expired" : "overdue"));
  const many = writeDigest(setting, "en", { ...none, organisation: people });
  expect(many?.text).toContain("AI awareness · 4");
  expect(many?.text).not.toContain("Person a");
  expect(many?.text).toContain("https://learn.example/board\n");
});

const titles = fc
  .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
  .filter((one) => one.trim() !== "");

test.prop([fc.constantFrom(...languages), fc.constantFrom(...stages), titles])(
  "leaves no placeholder open and lets no title run anything",
  (language, stage, title) => {
    const digest = writeDigest(setting, language, { ...none, training: [training(title, stage)] });
    expect(digest?.html).not.toMatch(/<script|onerror=|javascript:/i);
    expect(digest?.subject).not.toMatch(/[\r\n]/);
    const words = `${digest?.text}${digest?.html}`.replaceAll(title, "");
    if (!title.includes("{")) expect(words).not.toMatch(/\{\{|undefined/);
  },
);

const long = "Dr.-Ing. Maximiliane Freifrau von und zu Ötzbach-Großmühlenstädt-Weißenfels-Übelacker";
/** All that a mail can tell, with as many people as are listed. */
const everything = (people: number): DigestFacts => ({
  name: long,
  training: stages.map((stage) => training("AI & <awareness>", stage)),
  policy: [{ slug: "ai-policy", title: "AI policy", stage: "due", date }],
  practice: [{ slug: "ai", title: "AI awareness" }],
  team: Array.from({ length: people }, (_one, i) => ({ ...late(`t${i}`), name: long })),
  organisation: Array.from({ length: people }, (_one, i) => ({ ...late(`o${i}`), name: long })),
  address: [{ personId: "a", name: long }],
  optional: "some",
});

it.each(languages)("is HTML that mail programs keep, in %s, and says the same as text", (language) => {
  const digest = writeDigest({ ...setting, listed: 200 }, language, everything(20));
  const html = digest?.html ?? "";
  const tags = [...html.matchAll(/<([a-z0-9]+)((?:\s[^>]*)?)>/g)];
  const allowed = "html head meta title body table thead tbody tr th td h2 p ul li strong a hr";
  for (const [, tag = ""] of tags) expect(allowed.split(" ")).toContain(tag);
  const attributes = tags.flatMap(([, , rest = ""]) =>
    [...rest.matchAll(/\s([a-z-]+)=/g)].map(([, name]) => name),
  );
  const kept =
    "lang charset name content style role width cellpadding cellspacing border align valign scope href";
  for (const name of attributes) expect(kept.split(" ")).toContain(name);
  expect(html).not.toMatch(/flex|grid|var\(|url\(|position:|@media|(?<!-)color:|background/);
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).toContain("<title>");
  // Every fact of the one is in the other: addresses, names and dates.
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThan(40);
  for (const href of links) expect(digest?.text).toContain(href);
  const words = html.replace(/[\s\S]*<body[^>]*>/, "").replace(/<[^>]+>/g, " ");
  const plain = digest?.text ?? "";
  for (const word of words.replaceAll("&#x26;", "&").replaceAll("&#x3C;", "<").split(/\s+/).filter(Boolean))
    expect(plain).toContain(word.replaceAll("&gt;", ">"));
});

it.each([1, 50, 200, 5000])("is never so large that a mail program cuts it off: %i people", (people) => {
  const digest = writeDigest({ ...setting, listed: 200 }, "de", everything(people));
  expect(Buffer.byteLength(digest?.html ?? "")).toBeLessThan(102_000);
  expect(digest?.text).toContain("/board");
});
