import fontkit from "@pdf-lib/fontkit";
import { PDFDocument, type PDFFont, type PDFPage, rgb } from "pdf-lib";
import { grouped } from "../audit/seal.ts";
import { coverage, type StateCounts } from "../competence/board.ts";
import { embedded } from "../evidence/certificate-pdf.server.ts";
import { percent } from "./figure.server.ts";
import { clauseNames, type Listed } from "./index-page.ts";
import { clauses, type PackOrder } from "./section.ts";
import { scopeSentence } from "./scope.ts";

const [width, height, margin] = [595.28, 841.89, 56];
const ink = rgb(0.09, 0.13, 0.11);
const green = rgb(0.043, 0.365, 0.306);

/** Index and figures of a pack on A4, for the file of the audit. */
export async function summaryPdf(
  order: PackOrder,
  organisation: string,
  keyId: string,
  files: readonly Listed[],
  figures: readonly { requirement: string; counts: StateCounts }[],
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const [sans, bold] = [await embedded(pdf, "DejaVuSans"), await embedded(pdf, "DejaVuSans-Bold")];
  pdf.setTitle(`Audit pack of ${organisation}`);
  pdf.setAuthor(organisation);
  pdf.setLanguage("en-GB");
  pdf.setCreator("Clause7");
  pdf.setProducer("Clause7");
  pdf.setCreationDate(order.madeAt);
  pdf.setModificationDate(order.madeAt);
  const write = writer(pdf);
  write(`Audit pack of ${organisation}`, bold, 18, green);
  write(scopeSentence(order.scope), sans, 10);
  write(`Made at ${order.madeAt.toISOString()} for ${order.requestedBy.name}.`, sans, 10);
  write(`Signed with the key ${grouped(keyId)}.`, sans, 10);
  write("What is where", bold, 13, green);
  for (const name of clauseNames) {
    const count = files.filter((file) => file.clause === name).length;
    const { folder, source, title } = clauses[name];
    write(`${source}: ${title}`, bold, 9);
    write(count === 0 ? "Nothing to show." : `${count} files in ${folder}/`, sans, 9);
  }
  write("Coverage: competent of those who must be", bold, 13, green);
  if (figures.length === 0) write("Nobody in scope must be competent in anything.", sans, 9);
  for (const { requirement, counts } of figures)
    write(`${requirement}: ${percent(coverage(counts)) || "nobody asked"}`, sans, 9);
  return pdf.save();
}

/** Writes lines from top to bottom, broken at words, on as many pages as they take. */
function writer(pdf: PDFDocument) {
  let page: PDFPage = pdf.addPage([width, height]);
  let y = height - margin;
  return (text: string, font: PDFFont, size: number, color = ink): void => {
    for (const line of broken(text, font, size)) {
      if (y < margin + size) {
        page = pdf.addPage([width, height]);
        y = height - margin;
      }
      y -= size * 1.45;
      page.drawText(line, { x: margin, y, font, size, color });
    }
    y -= size * 0.35;
  };
}

function broken(text: string, font: PDFFont, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = [lines.at(-1), word].filter(Boolean).join(" ");
    if (lines.length > 0 && font.widthOfTextAtSize(longer, size) <= width - 2 * margin)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
