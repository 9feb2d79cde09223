import { PDFDocument } from "pdf-lib";
import { expect, it } from "vitest";
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

it("takes a very long name", async () => {
  await expect(certificatePdf({ ...certificate, holderName: "Ł".repeat(200) }, url)).resolves.toBeDefined();
});
