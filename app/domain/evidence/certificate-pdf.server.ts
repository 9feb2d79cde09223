import fontkit from "@pdf-lib/fontkit";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import QRCode from "qrcode";
import { type Color, PDFDocument, type PDFFont, PDFName, type PDFPage, PDFString, rgb } from "pdf-lib";
import { type CertificateStatus, validityText } from "./certificate.ts";

const resolve = createRequire(import.meta.url).resolve;

const width = 841.89;
const height = 595.28;
const margin = 64;
const green = rgb(0.043, 0.365, 0.306);
const ink = rgb(0.09, 0.13, 0.11);
const muted = rgb(0.33, 0.38, 0.36);
const pale = rgb(0.875, 0.94, 0.92);
const red = rgb(0.55, 0.11, 0.09);

/** A4 landscape PDF of a certificate with a link to its verification page. */
export async function certificatePdf(
  certificate: {
    holderName: string;
    title: string;
    organisation: string;
    moduleVersion: string;
    scorePercent: number;
    issuedAt: Date;
    expiresAt: Date;
    code: string;
    status: CertificateStatus;
  },
  verifyUrl: string,
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [sans, bold, serif] = [
    await embedded(pdf, "DejaVuSans"),
    await embedded(pdf, "DejaVuSans-Bold"),
    await embedded(pdf, "DejaVuSerif-Bold"),
  ];
  pdf.setTitle(`${certificate.title}: ${certificate.holderName}`);
  pdf.setAuthor(certificate.organisation);
  pdf.setLanguage("en-GB");
  pdf.setCreator("Clause7");
  pdf.setProducer("Clause7");
  // The same certificate gives the same document whenever it is fetched.
  pdf.setCreationDate(certificate.issuedAt);
  pdf.setModificationDate(certificate.issuedAt);
  const page = pdf.addPage([width, height]);
  const write = (
    text: string,
    y: number,
    font: PDFFont,
    size: number,
    color: Color = ink,
    room: number = width - 2 * margin,
  ): void => {
    const fit = (lines: string[], most: number): number =>
      Math.min(most, ...lines.map((line) => (size * room) / font.widthOfTextAtSize(line, size)));
    // Two lines only where one would be hard to read; large ones smaller, as two stand in the room of one.
    const one = fit([text], size);
    const lines = one < size * 0.8 ? inTwo(text) : [text];
    const fitted = lines.length === 1 ? one : fit(lines, Math.max(10, size * 0.7));
    for (const [i, line] of lines.entries()) {
      const x = (width - font.widthOfTextAtSize(line, fitted)) / 2;
      const down = (i - (lines.length - 1) / 2) * fitted * 1.25;
      page.drawText(line, { x, y: y - down, font, size: fitted, color });
    }
  };

  drawFrame(page);
  drawMark(page, width / 2 - 18, 470);
  write(certificate.organisation, 440, bold, 13, muted);
  write("CERTIFICATE OF COMPETENCE", 398, bold, 15, green);
  write("This certifies that", 364, sans, 12, muted);
  write(certificate.holderName, 318, serif, 36);
  write("has shown by assessment the competence required in", 280, sans, 12, muted);
  write(certificate.title, 242, bold, 23, green);
  write(
    `Module version ${certificate.moduleVersion} · assessment result ${certificate.scorePercent} %`,
    210,
    sans,
    11,
    muted,
  );
  write(validityText(certificate), 178, bold, 12);
  if (certificate.status !== "valid") {
    const words = { revoked: "REVOKED: this certificate no longer counts", expired: "EXPIRED" };
    write(words[certificate.status], 156, bold, 12, red);
  }
  write(
    "Evidence of competence and awareness under ISO/IEC 42001:2023, clauses 7.2 and 7.3",
    120,
    sans,
    9,
    muted,
  );
  const code = { x: width - margin - 84, y: 62, size: 84 };
  drawQr(page, verifyUrl, code);
  // Centred lines that end well before the code, whose surroundings must stay empty.
  write(`Verify at ${verifyUrl}`, 95, sans, 10, green, 2 * (code.x - 20 - width / 2));
  write(`Code ${certificate.code}`, 74, bold, 10);
  addLink(pdf, page, verifyUrl, [margin, 70, width - margin, 106]);
  return pdf.save();
}

/** The fonts every PDF reader has lack "Ł" and "ő"; a name is printed as its owner writes it. */
export async function embedded(pdf: PDFDocument, name: string): Promise<PDFFont> {
  const file = await readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  // Without a name of its own the font would get a random one.
  return pdf.embedFont(file, { subset: true, customName: name });
}

/** A text as two lines, at the space or the stroke of an address that is nearest its middle; without any in the middle. */
function inTwo(text: string): [string, string] {
  const middle = text.length / 2;
  const breaks = [...text.matchAll(/ |[/.-](?=.)/g)].map(({ index }) => index + 1);
  const nearest = breaks.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? middle;
  const at = Math.abs(nearest - middle) < middle / 2 ? nearest : Math.ceil(middle);
  return [text.slice(0, at).trim(), text.slice(at).trim()];
}

function drawFrame(page: PDFPage): void {
  page.drawRectangle({ x: 0, y: 0, width, height, color: pale });
  page.drawRectangle({ x: 24, y: 24, width: width - 48, height: height - 48, color: rgb(1, 1, 1) });
  page.drawRectangle({
    x: 32,
    y: 32,
    width: width - 64,
    height: height - 64,
    borderColor: green,
    borderWidth: 1.5,
  });
}

/** The product's mark, 36 points square. */
function drawMark(page: PDFPage, x: number, y: number): void {
  page.drawRectangle({ x, y, width: 36, height: 36, color: green });
  page.drawSvgPath("M10 10h16l-8 17", {
    x,
    y: y + 36,
    borderColor: rgb(1, 1, 1),
    borderWidth: 3.8,
  });
}

/** The address as a QR code of squares (ISO/IEC 18004): sharp at any size, and nothing to embed. */
function drawQr(page: PDFPage, text: string, at: { x: number; y: number; size: number }): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const unit = at.size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let from = 0; from < modules.size; from++) {
      if (modules.get(row, from) === 0) continue;
      let to = from;
      while (to + 1 < modules.size && modules.get(row, to + 1) !== 0) to++;
      page.drawRectangle({
        x: at.x + from * unit,
        y: at.y + at.size - (row + 1) * unit,
        // A hair wider and higher, so that no reader draws white lines between them.
        width: (to - from + 1) * unit + 0.05,
        height: unit + 0.05,
        color: ink,
      });
      from = to;
    }
  }
}

function addLink(pdf: PDFDocument, page: PDFPage, url: string, rectangle: number[]): void {
  const link = pdf.context.obj({
    Type: "Annot",
    Subtype: "Link",
    Rect: rectangle,
    Border: [0, 0, 0],
    Contents: PDFString.of("Verify this certificate"),
    A: { Type: "Action", S: "URI", URI: PDFString.of(url) },
  });
  page.node.set(PDFName.of("Annots"), pdf.context.obj([pdf.context.register(link)]));
}
