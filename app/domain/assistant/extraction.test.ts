import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import type { DataClass } from "../register/terms.ts";
import { type AffectedGroup, type Effect, type Oversight, assumed, unregistered } from "../risk/facts.ts";
import { extractFacts } from "./extraction.ts";
import { masked } from "./masking.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { stem, tokens } from "./wording.ts";

const extract = (text: string) =>
  extractFacts({ text: masked(text) }, vocabularyOf(sampleRules(), sampleRegister().systems));

type Wanted = {
  system?: string | null;
  purposes?: string[] | null;
  data?: DataClass[] | null;
  affected?: AffectedGroup[] | null;
  oversight?: Oversight | null;
  effect?: Effect | null;
};
const questions: [text: string, wanted: Wanted][] = [
  [
    "May I use Quillmate to summarise an internal memo?",
    { system: "quillmate", purposes: ["summarise"], data: ["internal"], affected: ["nobody"] },
  ],
  [
    "Can I paste a customer e-mail into Quillmate to draft a reply?",
    {
      system: "quillmate",
      purposes: ["customer_reply"],
      data: ["customer", "personal"],
      affected: ["customers"],
    },
  ],
  ["Can I put our source code into ChatGPT?", { system: "public-consumer-chatbots", data: ["source_code"] }],
  [
    "Is it ok to use Codelark to write unit tests for firmware?",
    { system: "codelark", purposes: ["code_assist"] },
  ],
  ["May I paste a stack trace with an API key into Codelark?", { data: ["source_code", "secrets"] }],
  [
    "Could AI tell me how angry my team sounds on customer calls?",
    { system: null, purposes: ["emotion_recognition"], affected: ["employees", "customers"] },
  ],
  [
    "May I rank CVs with Hirelens if a recruiter decides?",
    {
      system: "hirelens",
      purposes: ["recruitment_screening"],
      data: ["personal"],
      affected: ["applicants"],
      oversight: "human_decides",
      effect: "consequential",
    },
  ],
  [
    "I found a cool AI website that translates PDFs",
    { system: unregistered, purposes: ["translate"], data: null },
  ],
  ["May I use Midjourney for an illustration?", { system: unregistered, purposes: ["image_generation"] }],
  ["Can I use Foobarium for slides?", { system: unregistered }],
  ["Can I use quilmate to brainstorm?", { system: "quillmate", purposes: ["brainstorm"] }],
  ["Quillmate or Parlance to translate?", { system: null, purposes: ["translate"] }],
  ["Write a card with Quillmate, without personal data", { data: null }],
  ["Reject warranty claims automatically", { oversight: "automatic", effect: "consequential" }],
  [
    "Let Tasklane automatically sort tickets into queues",
    { oversight: "automatic", purposes: ["task_allocation"] },
  ],
  ["May I translate a colleague's sick note?", { data: ["personal", "special_category"] }],
  ["How do I greet a customer in Quillmate?", { data: null, affected: ["customers"] }],
  ["Analyze trends with Datawright", { system: "datawright", purposes: ["data_analysis"] }],
  ["Is it fine to ask Łukasz?", { system: null, purposes: null, data: null }],
  ["Draft a mail to anna@customer.example in Quillmate", { data: ["personal"] }],
  ["Debug it, password: Sommer2026!", { data: ["secrets"] }],
  [
    "What is the weather?",
    { system: null, purposes: null, data: null, affected: null, oversight: null, effect: null },
  ],
];

describe("extractFacts", () => {
  it.each(questions)("%s", (text, wanted) => {
    const facts = extract(text);
    const got: Required<Wanted> = {
      system: facts.system?.value ?? null,
      purposes: facts.purposes?.value ?? null,
      data: facts.dataClasses?.source === "assumed" ? null : (facts.dataClasses?.value ?? null),
      affected: facts.affected?.value ?? null,
      oversight: facts.oversight?.value ?? null,
      effect: facts.effect?.value ?? null,
    };
    for (const [name, value] of Object.entries(wanted)) {
      const found = got[name as keyof Wanted];
      expect([name, Array.isArray(found) ? found.toSorted() : found]).toEqual([
        name,
        Array.isArray(value) ? value.toSorted() : value,
      ]);
    }
  });

  it("shows the words that each fact rests on", () => {
    const facts = extract("May I use Quillmate to summarise an internal memo?");
    expect(facts.system?.words).toBe("Quillmate");
    expect(facts.purposes?.words).toContain("summarise");
    expect(facts.task?.value).toContain("summarise an internal memo");
    expect(facts.oversight).toEqual(assumed("human_reviews"));
  });

  it("reads any text without fault, the same way each time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        expect(extract(text)).toEqual(extract(text));
      }),
      { numRuns: 30 },
    );
  });

  it("reads the longest question without running away", () => {
    const text = "May I paste customer e-mails of the team into Quillmate and rank them? ".repeat(28);
    expect(extract(text)).toMatchObject({
      system: { value: "quillmate" },
      dataClasses: { value: ["customer", "personal"] },
    });
  });
});

describe("tokens", () => {
  it("ignores case, accents, hyphens and possessives", () => {
    expect(tokens("Résumés E-mail Anna’s").map((t) => t.word)).toEqual(["resumes", "email", "anna"]);
  });

  it.each([
    ["summaries", "summary"],
    ["translating", "translate"],
    ["summarize", "summarise"],
    ["planned", "plan"],
  ])("%s and %s share a stem", (a, b) => expect(stem(a)).toBe(stem(b)));
});
