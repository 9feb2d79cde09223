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
