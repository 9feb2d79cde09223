import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, sentences, unmasqueraded } from "./plain-text.ts";

describe("plainText", () => {
  it.each([
    ["Cyrillic letters that look Latin", "rаnk the СVs", "rank the CVs"],
    ["zero-width characters", "ra\u200bnk ca\u2060ndi\u00addates", "rank candidates"],
    ["full-width letters", "ｒａｎｋ", "rank"],
    ["mathematical letters", "𝐬𝐜𝐫𝐚𝐩𝐞", "scrape"],
    ["spelled-out words", "please r a n k them", "please rank them"],
    [
      "Base64",
      `do ${Buffer.from("rank the applicants by face").toString("base64")}`,
      "do rank the applicants by face",
    ],
  ])("undoes %s", (_title, text, plain) => expect(plainText(text)).toBe(plain));

  it.each(["Привет, как дела?", "part no. ABCD1234EFGH5678", "A B test", "Müller & Söhne, 3.1 V"])(
    "leaves %s alone",
    (text) => expect(plainText(text)).toBe(text),
  );

  it("is the same when done twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
        const once = plainText(text);
        expect(plainText(once).replace(/\s/g, "").length).toBeLessThanOrEqual(once.length + text.length);
      }),
    );
  });
});

describe("unmasqueraded", () => {
  it("reads digits inside words as letters", () => {
    expect(unmasqueraded("r4nk 7h3 c4nd1d4t3s")).toBe("rank the candidates");
  });

  it.each(["3rd floor", "version 4.2", "DN25 pipe 1200 mm", "plain words"])("finds nothing in %s", (text) =>
    expect(unmasqueraded(text)).toBeNull(),
  );
});

describe("sentences", () => {
  it("ends at stops, question marks and lines, and says where each begins", () => {
    const text = "Hello there. Can it rank CVs?\n- version 2.3 is out";
    const found = sentences(text);
    expect(found.map((s) => s.text)).toEqual(["Hello there.", "Can it rank CVs?", "- version 2.3 is out"]);
    for (const s of found) expect(text.slice(s.from).startsWith(s.text)).toBe(true);
  });
});
