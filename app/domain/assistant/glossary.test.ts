import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { loadGlossary } from "./glossary.server.ts";
import {
  bridged,
  bridgeOf,
  type Glossary,
  isElsewhere,
  key,
  languageOf,
  noGlossary,
  words,
} from "./glossary.ts";

const glossary: Glossary = {
  ...noGlossary,
  common: { en: ["the", "is"], de: ["der", "und", "ist"], fr: ["le", "est"], es: ["el", "es"] },
  elsewhere: { en: ["annual leave", "train"], de: ["Kantine"], fr: ["congés"], es: ["nómina"] },
  entries: [
    {
      en: ["customer data"],
      also: ["client information"],
      de: ["Kundendaten"],
      fr: ["données clients"],
      es: ["datos de clientes"],
    },
    { en: ["rule", "policy"], de: ["Regel"], fr: ["règle"], es: ["regla"] },
    { en: ["CV"], de: ["Lebenslauf", "Lebensläufe"], fr: ["CV"], es: ["currículum"] },
  ],
};
const bridge = bridgeOf(glossary);
const leadsTo = (text: string): string[] => [
  ...new Set(bridged(words(text), bridge).flatMap((b) => b.leadsTo)),
];

describe("words", () => {
  it.each([
    ["L'IA d'aujourd'hui, qu'est-ce ?", ["ia", "aujourd", "est", "ce"]],
    ["high-risk e-mail", ["high", "risk", "e", "mail"]],
    ["the customer's data", ["the", "customer", "data"]],
    ["' | & ! <-> ( :*", []],
  ])("of %s are %j", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.prop([fc.string()])("are letters and digits only, whatever the text", (text) => {
    for (const word of words(text)) expect(word).toMatch(/^[\p{L}\p{N}\p{M}'’]+$/u);
  });
});

describe("key", () => {
  it.each([
    ["Bewerber", "Bewerbern"],
    ["Kunde", "Kunden"],
    ["empleado", "empleados"],
    ["donnée", "données"],
    ["applicant", "applicants"],
    ["conexión", "conexion"],
  ])("is the same for %s and %s", (a, b) => {
    expect(key(a.toLowerCase())).toBe(key(b.toLowerCase()));
  });

  test.prop([fc.string({ minLength: 1 })])("never leaves less than the word's first letters", (word) => {
    const plain = word.normalize("NFKD").replace(/\p{M}/gu, "");
    if (/^[a-z]+$/.test(plain)) expect(plain.startsWith(key(word).slice(0, 3))).toBe(true);
  });
});

describe("bridged", () => {
  it.each([
    ["Darf ich Kundendaten eingeben?", ["customer data"]],
    ["Puis-je saisir des données clients ?", ["customer data"]],
    ["¿Puedo usar datos de clientes?", ["customer data"]],
    ["client information", ["customer data"]],
    ["a policy", ["rule"]],
    // A compound leads to both of its parts, a misspelt word to the one it is most like.
    ["Kundendatenregel", ["customer data", "rule", "policy"]],
    ["Kundendatn", ["customer data"]],
    ["currículun", ["CV"]],
    ["Fensterbank", []],
  ])("leads %s to %j", (text, expected) => {
    expect(leadsTo(text)).toEqual(expected);
  });

  test.prop([fc.array(fc.constantFrom("Kundendaten", "datos", "de", "clientes", "rule", "x"))])(
    "covers only words that are there",
    (asked) => {
      const list = words(asked.join(" "));
      for (const b of bridged(list, bridge)) {
        expect(b.from).toBeGreaterThanOrEqual(0);
        expect(b.to).toBeLessThanOrEqual(list.length);
      }
    },
  );
});

describe("isElsewhere", () => {
  it.each([
    ["How much annual leave do I have?", true],
    ["Hat die Kantine offen?", true],
    ["Which training do I need?", false],
    ["Which train do I take?", true],
    ["annual report on leave", false],
  ])("of %s is %j", (text, expected) => {
    expect(isElsewhere(words(text), bridge)).toBe(expected);
  });
});

describe("languageOf", () => {
  it.each([
    ["The tool is not in the register.", "en"],
    ["Das Werkzeug ist neu und der Zweck ist es auch.", "de"],
    ["le registre est le registre", "fr"],
    ["", "en"],
  ])("of %s is %s", (text, expected) => {
    expect(languageOf(text, glossary.common)).toBe(expected);
  });
});

describe("the glossary of the sample organisation", () => {
  it("has at least 250 entries in four languages, and no term twice in a list", () => {
    const { entries } = loadGlossary("content");
    expect(entries.length).toBeGreaterThanOrEqual(250);
    const twice = entries.flatMap((e) =>
      [e.en, e.also ?? [], e.de, e.fr, e.es].flatMap((list) => list.filter((t, i) => list.indexOf(t) !== i)),
    );
    expect(twice).toEqual([]);
  });
});
