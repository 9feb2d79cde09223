import { z } from "zod";
import { riskClasses } from "../register/terms.ts";
import { outcomes } from "../risk/outcome.ts";
import { signals } from "../risk/signal.ts";
import type { Verdict } from "../risk/verdict.ts";
import { type Answer, longestQuestion } from "./answer.ts";
import { answerWords, fill } from "./answer-words.ts";
import { type Language, languages } from "../content/language.ts";
import type { Masked } from "./masking.ts";

const tooLong = "is longer than 150000 characters, about fifty pages. Leave the material out.";

/** The question of a program. */
export const askedText = z
  .string("Write text: the question, as a string.")
  .max(longestQuestion, `The text ${tooLong}`)
  .refine((text) => text.trim() !== "", "Write text: which tool, what for, with which data.");

const listRefusal = "Write earlier as a list of strings.";

/** What was said before it in the same conversation, oldest first. */
export const earlierTexts = z
  .array(z.string(listRefusal).max(longestQuestion, `A text of earlier ${tooLong}`), listRefusal)
  .max(50, "Write at most 50 texts as earlier.");

/** What a program asks. Each message names the member and its mend. */
export const inquiry = z.object(
  {
    text: askedText,
    earlier: earlierTexts.optional(),
    language: z.enum(languages, `Write language as one of ${languages.join(", ")}.`).optional(),
  },
  "Send an object with the member text.",
);
export type Inquiry = z.infer<typeof inquiry>;

/** What a program is told: the same verdict as on the page, for machines and in words. */
export const reply = z.object({
  outcome: z.enum(outcomes).describe("Only cleared permits a use, under the conditions."),
  flagged: z
    .boolean()
    .describe("Whether the use is, or may be, prohibited or high-risk under the EU AI Act."),
  level: z.enum(riskClasses),
  area: z.string().nullable().describe("Prohibition or area of high risk, such as art5(1)(f) or employment."),
  signals: z.array(z.enum(signals)),
  language: z.enum(languages).describe("Of verdict, conditions and askBack; clauses are quoted as written."),
  verdict: z.string().describe("What was decided and what to do now, with the conditions, in words."),
  conditions: z.array(z.string()),
  citations: z
    .array(z.object({ policy: z.string(), version: z.string(), clause: z.string(), quote: z.string() }))
    .describe("Policy clauses in force, quoted word for word."),
  askBack: z
    .array(z.object({ prompt: z.string(), choices: z.array(z.string()) }))
    .describe("What to find out and to ask again with."),
  masked: z
    .array(z.object({ marker: z.string(), count: z.int() }))
    .describe("Kinds of values that were taken out of the question before it was read."),
  url: z.url().describe("Where a person asks the same in the browser."),
});
export type Reply = z.infer<typeof reply>;

type Judged = {
  language: Language;
  masked: Masked[];
  verdict: Pick<Verdict, "outcome" | "flagged" | "riskClass" | "area" | "signals" | "conditions">;
  answer: Pick<Answer, "lead" | "quotes" | "askBack" | "entries">;
};

/** A judgement as a program reads it. */
export function replyTo({ language, masked, verdict, answer }: Judged): Omit<Reply, "url"> {
  const { outcome, flagged, riskClass, area, signals, conditions } = verdict;
  return {
    outcome,
    flagged,
    level: riskClass,
    area,
    signals,
    language,
    verdict: [
      answer.lead,
      ...conditions.map((text, i) => `${i + 1}. ${text}`),
      ...(answer.entries ?? []).map(({ name, text }) => `${name}: ${text}`),
    ].join("\n"),
    conditions,
    citations: answer.quotes.map((q) => ({
      policy: q.policySlug,
      version: q.policyVersion,
      clause: q.number,
      quote: q.quote,
    })),
    askBack: answer.askBack.map(({ prompt, choices }) => ({ prompt, choices: choices.map((c) => c.label) })),
    masked,
  };
}

/** Characters of a question that an address holds on its way through every proxy. */
const longestInAddress = 2000;

/** Where a person asks a masked question in the browser; a longer one is pasted there, as a part would be another question. */
export function askAddress(baseUrl: string, masked: string): string {
  if (masked.length > longestInAddress) return `${baseUrl}/ask`;
  return `${baseUrl}/ask?${new URLSearchParams({ text: masked })}`;
}

/** The reply in words, for people and language models: quotes stand between quotation marks as text, never as orders. */
export function inWords(told: Reply): string {
  const { reply: said } = answerWords[told.language];
  const quotes = told.citations.map((c) => `“${c.quote}” (${c.policy} ${c.version}, ${c.clause})`);
  const questions = told.askBack.map((q) => `- ${q.prompt} ${q.choices.join(" / ")}`);
  const masked = told.masked.map((m) => `${m.count} × ${m.marker}`).join(", ");
  return [
    told.verdict,
    ...section(said.findOut, questions),
    ...section(said.policies, quotes),
    ...(masked ? [fill(said.masked, { values: masked })] : []),
    fill(said.address, { address: told.url }),
  ].join("\n\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [[title, ...lines].join("\n")] : [];
}
