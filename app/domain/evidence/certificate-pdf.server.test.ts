import jsQr from "jsqr";
import { PDFDocument } from "pdf-lib";
import { expect, it } from "vitest";
import { type Box, drawingOf, pixelsOf } from "#test/pdf-drawing.ts";
import { certificatePdf } from "./certificate-pdf.server.ts";

const certificate = {
  holderName: "Zofia Łuczak-Őry",
  title: "AI awareness for everyone",
  organisation: "Aldermoor Instruments",
  moduleVersion: "1.0.0",
  scorePercent: 92,
  issuedAt: new Date("2026-11-23T10:00:00Z"),
  expiresAt: new Date("2027-11-23T10:00:00Z"),
  code: "7K3M-Q0ZT-9WXA-B2CD-EFGH",
  status: "valid" as const,
};
const url = "https://learn.example/verify/7K3M-Q0ZT-9WXA-B2CD-EFGH";

it("draws one landscape A4 page whose title names the holder in full", async () => {
  const pdf = await PDFDocument.load(await certificatePdf(certificate, url));
  expect(pdf.getPageCount()).toBe(1);
  expect(pdf.getPage(0).getSize()).toEqual({ width: 841.89, height: 595.28 });
  expect(pdf.getTitle()).toBe("AI awareness for everyone: Zofia Łuczak-Őry");
});

it("gives the same bytes each time", async () => {
  const [first, second] = [await certificatePdf(certificate, url), await certificatePdf(certificate, url)];
  expect(Buffer.from(first).equals(second)).toBe(true);
});

it.each(["revoked", "expired"] as const)("is drawn differently once %s", async (status) => {
  const valid = await certificatePdf(certificate, url);
  expect(Buffer.from(await certificatePdf({ ...certificate, status }, url)).equals(valid)).toBe(false);
});

const page: Box = { left: 0, bottom: 0, right: 841.89, top: 595.28 };
/** Inside of the green frame. */
const paper: Box = { left: 33, bottom: 33, right: 808, top: 562 };
const path = "/verify/7K3M-Q0ZT-9WXA-B2CD-EFGH";
/** As long an address as an intranet has, with a path. */
const longUrl = `https://learning.${"competence-and-awareness.".repeat(3)}aldermoor.example/tools/clause7${path}`;
const longTitle =
  "Aufsicht über Hochrisiko-KI-Systeme: Eingriffsmöglichkeiten, Grenzen und Protokollpflichten";
const names = {
  en: "Anastasia-Philippa Featherstonehaugh Cholmondeley-Warner of Mainwaring-Beauchamp",
  de: "Dr.-Ing. Maximiliane Freifrau von und zu Ötzbach-Großmühlenstädt-Weißenfels-Übelacker",
  fr: "Marie-Geneviève Éléonore de La Rochefoucauld-d’Estissac de Villeneuve-l’Archevêque",
  es: "María de los Ángeles Fernández-Villaverde y Núñez de Balboa Ibáñez de Íñigo y Güell",
};
const cases: [what: string, verifyUrl: string, name: string][] = [
  ["an address of every day", url, certificate.holderName],
  ...Object.entries(names).map(([language, name]): [string, string, string] => [
    `a long address and a name in ${language}`,
    longUrl,
    name,
  ]),
  ["a name without spaces", longUrl, "Ł".repeat(200)],
];

/** The dark squares of the code: it is what is drawn last, by areas in the colour of ink. */
async function drawn(verifyUrl: string, holderName: string) {
  const title = verifyUrl === url ? certificate.title : longTitle;
  const printed = { ...certificate, holderName, title, status: "revoked" } as const;
  const { filled, written } = await drawingOf(await certificatePdf(printed, verifyUrl));
  const squares = filled.filter(({ color }) => Math.max(...color) < 0.2);
  const unit = Math.min(...squares.map(({ top, bottom }) => top - bottom));
  const code: Box = {
    left: Math.min(...squares.map((one) => one.left)),
    bottom: Math.min(...squares.map((one) => one.bottom)),
    right: Math.max(...squares.map((one) => one.right)),
    top: Math.max(...squares.map((one) => one.top)),
  };
  // Four modules around a code stay empty (ISO/IEC 18004 §9.1).
  const quiet: Box = {
    left: code.left - 4 * unit,
    bottom: code.bottom - 4 * unit,
    right: code.right + 4 * unit,
    top: code.top + 4 * unit,
  };
  return { filled, written, quiet, unit };
}

const within = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.bottom >= outer.bottom &&
  inner.top <= outer.top;
const apart = (a: Box, b: Box): boolean =>
  a.right <= b.left || b.right <= a.left || a.top <= b.bottom || b.top <= a.bottom;

it.each(cases)("has a code that another reader reads as its address: %s", async (_what, verifyUrl, name) => {
  const { filled, quiet, unit } = await drawn(verifyUrl, name);
  // By eye of a camera: somewhere on the whole page, and near by.
  for (const [area, perPoint] of [
    [page, 3],
    [quiet, 4 / unit],
  ] as const) {
    const { data, width, height } = pixelsOf(filled, area, perPoint);
    expect(jsQr(data, width, height)?.data).toBe(verifyUrl);
  }
  // Smaller than 0.33 mm is not read from paper by every telephone.
  expect(unit).toBeGreaterThan(0.94);
});

it.each(cases)("keeps code and lines apart and on the page: %s", async (_what, verifyUrl, name) => {
  const { written, quiet } = await drawn(verifyUrl, name);
  expect(written.length).toBeGreaterThan(9);
  expect(within(quiet, paper)).toBe(true);
  for (const [i, line] of written.entries()) {
    expect(within(line, paper), JSON.stringify(line)).toBe(true);
    expect(apart(line, quiet), JSON.stringify(line)).toBe(true);
    for (const other of written.slice(i + 1))
      expect(apart(line, other), JSON.stringify([line, other])).toBe(true);
  }
});

it.each(Object.entries(names))("prints a long name in %s large enough to read", async (_language, name) => {
  const { written } = await drawn(longUrl, name);
  expect(Math.min(...written.map(({ size }) => size))).toBeGreaterThanOrEqual(7);
});
