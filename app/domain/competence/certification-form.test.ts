import { expect, it } from "vitest";
import {
  certificationsFrom,
  emptyCertification,
  readCertifications,
  recertified,
  withCertifications,
} from "./certification-form.ts";

const row = { authority: "texas_dir", reference: "DIR 2026-17", from: "2026-09-01", until: "2027-08-31" };

it("reads the rows that it writes, whatever else the form holds", () => {
  const values = withCertifications({ title: "AI basics", "certifications.7.authority": "old" }, [row, row]);
  expect(values["title"]).toBe("AI basics");
  expect(certificationsFrom(values)).toEqual([row, row]);
  expect(readCertifications(certificationsFrom(values))).toEqual({ ok: true, certifications: [row, row] });
});

it("adds a row and takes the one away that was named", () => {
  expect(recertified([row], "certify")).toEqual([row, emptyCertification]);
  expect(recertified([row, emptyCertification], "uncertify:0")).toEqual([emptyCertification]);
  expect(recertified([row], "preview")).toBeNull();
});

it.each([
  [{ reference: "" }, { "certifications.0.reference": "no_reference" }],
  [{ reference: "x".repeat(201) }, { "certifications.0.reference": "no_reference" }],
  [{ authority: "nobody" }, { "certifications.0.authority": "no_authority" }],
  [
    { from: "soon", until: "" },
    { "certifications.0.from": "no_day", "certifications.0.until": "no_day" },
  ],
  [{ until: "2026-08-31" }, { "certifications.0.until": "before" }],
])("names what is wrong with %o", (change, faults) => {
  expect(readCertifications([{ ...row, ...change }])).toEqual({ ok: false, faults });
});
