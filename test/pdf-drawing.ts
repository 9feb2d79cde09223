import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
} from "pdf-lib";

/** Points from the lower left corner. */
export type Box = { left: number; bottom: number; right: number; top: number };
export type Filled = Box & { color: readonly number[] };
export type Written = Box & { size: number };

type Matrix = readonly [number, number, number, number, number, number];
const unmoved: Matrix = [1, 0, 0, 1, 0, 0];
const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + b * i,
  a * h + b * j,
  c * g + d * i,
  c * h + d * j,
  e * g + f * i + k,
  e * h + f * j + l,
];

/**
 * What stands on the first page of a PDF, read from the operators of the page itself (ISO 32000-1 §8 and §9): areas that are
 * filled, in the order they are painted, and lines of text with the room that the widths of their font give them.
 */
export async function drawingOf(bytes: Uint8Array): Promise<{ filled: Filled[]; written: Written[] }> {
  const pdf = await PDFDocument.load(bytes);
  const page = pdf.getPage(0);
  const widthOf = widths(page.node.Resources());
  const filled: Filled[] = [];
  const written: Written[] = [];
  const kept: { matrix: Matrix; color: number[] }[] = [];
  let matrix = unmoved;
  let color = [0, 0, 0];
  let points: [number, number][] = [];
  let font = "";
  let size = 0;
  let at: Matrix = unmoved;
  for (const { operator, operands } of operations(contentOf(page.node.Contents()))) {
    const n = operands.map(Number);
    if (operator === "q") kept.push({ matrix, color });
    else if (operator === "Q") ({ matrix, color } = kept.pop() ?? { matrix, color });
    else if (operator === "cm") matrix = times(n as unknown as Matrix, matrix);
    else if (operator === "rg") color = n;
    else if (operator === "m") points = [[n[0] ?? 0, n[1] ?? 0]];
    else if (operator === "l") points.push([n[0] ?? 0, n[1] ?? 0]);
    else if (operator === "f") filled.push({ ...around(points, matrix), color });
    else if (operator === "Tf") [font, size] = [operands[0] ?? "", n[1] ?? 0];
    else if (operator === "Tm") at = n as unknown as Matrix;
    else if (operator === "Tj") {
      const wide = (widthOf(font, operands[0] ?? "") * size) / 1000;
      // From the depth of a "g" to the height of an accent.
      const corners: [number, number][] = [
        [0, -0.24 * size],
        [wide, 0.95 * size],
      ];
      written.push({ ...around(corners, times(at, matrix)), size });
    }
  }
  return { filled, written };
}

function around(points: readonly [number, number][], [a, b, c, d, e, f]: Matrix): Box {
  const xs = points.map(([x, y]) => a * x + c * y + e);
  const ys = points.map(([x, y]) => b * x + d * y + f);
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
}

function contentOf(contents: unknown): string {
  const streams =
    contents instanceof PDFArray ? contents.asArray().map((_one, i) => contents.lookup(i)) : [contents];
  return streams
    .map((one) =>
      one instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(one).decode()).toString("latin1") : "",
    )
    .join("\n");
}

function* operations(content: string): Generator<{ operator: string; operands: string[] }> {
  let operands: string[] = [];
  for (const [token] of content.matchAll(/<[0-9A-Fa-f]*>|\/[^\s/<>[\]()]+|[^\s<>[\]()/]+/g)) {
    if (/^[A-Za-z'"*]/.test(token)) {
      yield { operator: token, operands };
      operands = [];
    } else operands.push(token);
  }
}

/** Widths of glyphs by the `W` of each composite font, in thousandths of its size. */
function widths(resources: PDFDict | undefined): (font: string, hex: string) => number {
  const fonts = resources?.lookup(PDFName.of("Font"), PDFDict);
  const known = new Map<string, Map<number, number>>();
  for (const [name] of fonts?.entries() ?? []) {
    const descendant = fonts
      ?.lookup(name, PDFDict)
      .lookup(PDFName.of("DescendantFonts"), PDFArray)
      .lookup(0, PDFDict);
    const of = new Map<number, number>();
    let first = 0;
    for (const one of descendant?.lookup(PDFName.of("W"), PDFArray).asArray() ?? []) {
      if (one instanceof PDFNumber) first = one.asNumber();
      else if (one instanceof PDFArray)
        one
          .asArray()
          .forEach((width, i) => of.set(first + i, width instanceof PDFNumber ? width.asNumber() : 0));
    }
    known.set(name.asString(), of);
  }
  return (font, hex) =>
    (hex.match(/[0-9A-Fa-f]{4}/g) ?? []).reduce(
      (sum, glyph) => sum + (known.get(font)?.get(Number.parseInt(glyph, 16)) ?? 1000),
      0,
    );
}

/** An area of the page as pixels, painted as a PDF reader would without smoothing. */
export function pixelsOf(
  filled: readonly Filled[],
  area: Box,
  perPoint: number,
): { data: Uint8ClampedArray; width: number; height: number } {
  const [width, height] = [
    Math.round((area.right - area.left) * perPoint),
    Math.round((area.top - area.bottom) * perPoint),
  ];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const { left, right, bottom, top, color } of filled) {
    const column = (x: number) => Math.min(width, Math.max(0, Math.round((x - area.left) * perPoint)));
    const row = (y: number) => Math.min(height, Math.max(0, Math.round((area.top - y) * perPoint)));
    for (let y = row(top); y < row(bottom); y++)
      for (let x = column(left); x < column(right); x++)
        color.forEach((part, i) => (data[(y * width + x) * 4 + i] = part * 255));
  }
  return { data, width, height };
}
