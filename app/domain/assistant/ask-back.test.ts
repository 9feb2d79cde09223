import { describe, expect, it } from "vitest";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { answerWords } from "./answer-words.ts";
import { assumed, chosen, factNames, noFacts, unregistered } from "../risk/facts.ts";
import { notSure } from "./answer.ts";
import { askBack, chosenFacts, withChoices } from "./ask-back.ts";
import { extractFacts } from "./extraction.ts";
import { vocabularyOf } from "./vocabulary.ts";

const choices = { ...sampleRegister(), purposes: sampleRules().purposes };
const facts = (text: string) => extractFacts({ text }, vocabularyOf(sampleRules(), choices.systems));
const choose = (text: string, answers: Record<string, unknown>) =>
  withChoices(facts(text), chosenFacts.parse(answers), choices);

describe("askBack", () => {
  it("asks for each fact once, with every value named", () => {
    const asked = askBack(factNames, noFacts, choices, answerWords.en);
    expect(asked.map((a) => a.fact)).toEqual(factNames);
    for (const { choices: list } of asked) {
      expect(new Set(list.map((c) => c.value)).size).toBe(list.length);
      expect(list.every((c) => c.label !== "")).toBe(true);
    }
  });

  it("puts first what a model suggests, then what approvals point at", () => {
    const [tool] = askBack(["system"], facts("May I translate a leaflet?"), choices, answerWords.en);
    expect(tool?.choices[0]?.value).toBe("parlance");
    const [purpose] = askBack(["purposes"], facts("May I use Codelark?"), choices, answerWords.en, {
      purposes: ["code_review"],
    });
    expect(purpose?.choices.slice(0, 2).map((c) => c.value)).toEqual(["code_review", "code_assist"]);
  });
});

describe("withChoices", () => {
  it("completes the facts with what was chosen and what goes with it", () => {
    const next = choose("May I use Quillmate?", { purposes: "draft_text", dataClasses: ["internal"] });
    expect(next?.system).toMatchObject({ value: "quillmate", source: "stated" });
    expect(next?.purposes).toEqual(chosen(["draft_text"]));
    expect(next?.oversight).toEqual(assumed("human_reviews"));
  });

  it("marks a fact nobody is sure of, and forgets that once it is answered", () => {
    const unsure = choose("May I use Quillmate?", { dataClasses: [notSure] });
    expect(unsure).toMatchObject({ dataClasses: null, unsure: ["dataClasses"] });
    const again = unsure && withChoices(unsure, chosenFacts.parse({ dataClasses: "public" }), choices);
    expect(again?.unsure).toEqual([]);
  });

  it("lets 'not sure' take nothing back", () => {
    const next = choose("Customer e-mails in Quillmate", { dataClasses: notSure, purposes: "summarise" });
    expect(next?.dataClasses?.value).toEqual(["customer", "personal"]);
    expect(next?.unsure).toEqual([]);
  });

  it("keeps people that the text names when a purpose is chosen", () => {
    const next = choose("Which of my colleagues", { purposes: "customer_reply" });
    expect(next?.affected).toMatchObject({ value: ["employees", "customers"], source: "stated" });
  });

  it("leaves alone what is sent back unchanged", () => {
    const before = facts("May I use Quillmate to summarise a memo?");
    const next = choose("May I use Quillmate to summarise a memo?", {
      system: "quillmate",
      purposes: ["summarise"],
      dataClasses: ["public"],
      effect: "advisory",
    });
    expect(next).toMatchObject({ system: before.system, purposes: before.purposes, effect: before.effect });
    expect(choose("May I use Quillmate?", { system: "quillmate" })).toBeNull();
  });

  it("corrects the tool with its name", () => {
    expect(choose("May I use Quillmate?", { system: "parlance" })?.systemName).toBe("Parlance");
    expect(choose("May I use Quillmate?", { system: unregistered })?.systemName).toBeNull();
  });

  it.each([
    ["a value on no list", { system: "skynet" }],
    ["a purpose on no list", { purposes: ["world_domination"] }],
    ["nothing", {}],
    ["empty values", { system: "", purposes: [""] }],
  ])("refuses %s", (_title, chosen) => expect(choose("May I use Quillmate?", chosen)).toBeNull());
});
