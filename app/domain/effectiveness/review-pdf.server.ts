import fontkit from "@pdf-lib/fontkit";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Color, PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib";

const resolve = createRequire(import.meta.url).resolve;

/** A report as texts, in the reader's language: what a page shows, for paper. */
export type ReportText = {
  title: string;
  organisation: string;
  /** Lines below the title. */
  about: string[];
  language: string;
  notes: { title: string; text: string }[];
  tables: { title: string; head: [string, string, string]; rows: ReportRow[] }[];
  /** Below each page, before its number. */
  footer: string;
  madeAt: Date;
};
export type ReportRow = { label: string; definition: string; now: string; before: string };

const [width, height] = [595.28, 841.89];
const margin = 48;
const columns = { label: margin, now: 350, before: 455, end: width - margin };
const green = rgb(0.043, 0.365, 0.306);
const ink = rgb(0.09, 0.13, 0.11);
const muted = rgb(0.33, 0.38, 0.36);
const line = rgb(0.85, 0.87, 0.85);

type Fonts = { sans: PDFFont; bold: PDFFont };

/** A4 portrait PDF of a report; the same texts give the same document. */
export async function reviewPdf(report: ReportText): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const fonts = { sans: await embedded(pdf, "DejaVuSans"), bold: await embedded(pdf, "DejaVuSans-Bold") };
  pdf.setTitle(report.title);
  pdf.setAuthor(report.organisation);
  pdf.setLanguage(report.language);
  pdf.setCreator("Clause7");
  pdf.setProducer("Clause7");
  pdf.setCreationDate(report.madeAt);
  pdf.setModificationDate(report.madeAt);
  const pen = new Pen(pdf, fonts);
  pen.write(report.organisation, { size: 10, color: muted });
  pen.write(report.title, { size: 20, font: fonts.bold, color: green, after: 6 });
  for (const text of report.about) pen.write(text, { size: 9, color: muted });
  for (const { title, text } of report.notes) {
    pen.heading(title);
    pen.write(text, { size: 10 });
  }
  for (const table of report.tables) {
    pen.heading(table.title);
    pen.row({ label: table.head[0], definition: "", now: table.head[1], before: table.head[2] }, true);
    for (const row of table.rows) pen.row(row, false);
  }
  const pages = pdf.getPages();
  for (const [i, page] of pages.entries()) {
    const number = `${i + 1} / ${pages.length}`;
    page.drawText(report.footer, { x: margin, y: 26, size: 7, font: fonts.sans, color: muted });
    const x = columns.end - fonts.sans.widthOfTextAtSize(number, 7);
    page.drawText(number, { x, y: 26, size: 7, font: fonts.sans, color: muted });
  }
  return new Uint8Array(await pdf.save());
}

/** Writes from the top to the bottom of a page, and begins another where it ends. */
class Pen {
  private page: PDFPage;
  private y = height - margin;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly fonts: Fonts,
  ) {
    this.page = pdf.addPage([width, height]);
  }

  /** Begins a new page where less than `space` is left. */
  private need(space: number): void {
    if (this.y - space >= margin) return;
    this.page = this.pdf.addPage([width, height]);
    this.y = height - margin;
  }

  write(
    text: string,
    {
      size,
      font = this.fonts.sans,
      color = ink,
      after = 2,
    }: { size: number; font?: PDFFont; color?: Color; after?: number },
  ): void {
    for (const one of wrapped(text, font, size, columns.end - margin)) {
      this.need(size * 1.35);
      this.y -= size * 1.35;
      this.page.drawText(one, { x: margin, y: this.y, size, font, color });
    }
    this.y -= after;
  }

  heading(text: string): void {
    this.need(70);
    this.y -= 14;
    this.write(text, { size: 13, font: this.fonts.bold, color: green, after: 4 });
  }

  row({ label, definition, now, before }: ReportRow, isHead: boolean): void {
    const { sans, bold } = this.fonts;
    const room = columns.now - columns.label - 12;
    const labels = wrapped(label, isHead ? bold : sans, 9, room);
    const definitions = definition === "" ? [] : wrapped(definition, sans, 7, room);
    const tall = labels.length * 12 + definitions.length * 9.5 + 7;
    this.need(tall);
    const top = this.y - 11;
    const font = isHead ? bold : sans;
    labels.forEach((text, i) =>
      this.page.drawText(text, {
        x: columns.label,
        y: top - i * 12,
        size: 9,
        font,
        color: isHead ? muted : ink,
      }),
    );
    const below = top - labels.length * 12 + 1.5;
    definitions.forEach((text, i) =>
      this.page.drawText(text, { x: columns.label, y: below - i * 9.5, size: 7, font: sans, color: muted }),
    );
    const value = { y: top, size: 9, color: isHead ? muted : ink };
    this.page.drawText(now, { ...value, x: columns.now, font: bold });
    this.page.drawText(before, { ...value, x: columns.before, font });
    this.y -= tall;
    this.page.drawLine({
      start: { x: columns.label, y: this.y },
      end: { x: columns.end, y: this.y },
      thickness: 0.5,
      color: line,
    });
  }
}

/** Breaks a text at its spaces and line ends so that each line fits; a word that does not fit alone is cut. */
function wrapped(text: string, font: PDFFont, size: number, room: number): string[] {
  const fits = (one: string): boolean => font.widthOfTextAtSize(one, size) <= room;
  const lines: string[] = [];
  for (const paragraph of text.replaceAll("\t", " ").split(/\r?\n/)) {
    let current = "";
    for (const word of paragraph.split(" ").flatMap((one) => pieces(one, fits))) {
      const longer = current === "" ? word : `${current} ${word}`;
      if (fits(longer)) current = longer;
      else {
        lines.push(current);
        current = word;
      }
    }
    lines.push(current);
  }
  return lines;
}

function pieces(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const parts: string[] = [];
  let current = "";
  for (const letter of word) {
    if (current !== "" && !fits(current + letter)) {
      parts.push(current);
      current = "";
    }
    current += letter;
  }
  return [...parts, current];
}

/** The fonts every PDF reader has lack "Ł" and "ő". */
async function embedded(pdf: PDFDocument, name: string): Promise<PDFFont> {
  const file = await readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  return pdf.embedFont(file, { subset: true, customName: name });
}
