import { PDFDocument, PDFName, PDFString } from "pdf-lib";
import { describe, expect, it } from "vitest";
import { checkProofFile } from "./proof-file.server.ts";
import { largestProof, proofType, type Scan, shownName } from "./proof-file.ts";

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

async function pdf(change: (document: PDFDocument) => void = () => {}, packed = true): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([200, 200]);
  change(document);
  return document.save({ useObjectStreams: packed });
}

const script = (document: PDFDocument): void => document.addJavaScript("x", "app.alert(1)");
const launch = (document: PDFDocument): void => {
  const action = document.context.obj({ S: "Launch", F: PDFString.of("cmd.exe") });
  document.catalog.set(PDFName.of("OpenAction"), action);
};

const answerOf = async (file: Uint8Array, scan: Scan | null = null): Promise<string> => {
  const checked = await checkProofFile({ bytes: file, name: "a.pdf" }, scan);
  return checked.ok ? checked.file.type : checked.reason;
};

describe("a file of proof", () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ["a plain PDF", () => pdf(), "application/pdf"],
    ["a PDF without object streams", () => pdf(undefined, false), "application/pdf"],
    ["a drawing", () => png, "image/png"],
    ["nothing", () => new Uint8Array(), "empty"],
    ["too much", () => Uint8Array.from({ length: largestProof + 1 }), "too_large"],
    ["a page", () => bytes("<html><script>alert(1)</script>"), "type"],
    ["a vector drawing", () => bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), "type"],
    ["an office document", () => bytes("PK\u0003\u0004[Content_Types].xml"), "type"],
    ["a PDF that is none", () => bytes("%PDF-1.7 nonsense"), "broken"],
    ["a script in a PDF", () => pdf(script), "active"],
    ["a script outside object streams", () => pdf(script, false), "active"],
    ["a program to start", () => pdf(launch), "active"],
    [
      "a file inside",
      async () => {
        const document = await PDFDocument.create();
        document.addPage();
        await document.attach(png, "a.exe");
        return document.save();
      },
      "active",
    ],
    [
      "a script under an escaped name",
      async () =>
        bytes(
          Buffer.from(await pdf(script, false))
            .toString("latin1")
            .replaceAll("/JavaScript", "/J#61vaScript"),
        ),
      "active",
    ],
  ])("that is %s", async (_of, make, answer) => {
    expect(await answerOf(await make())).toBe(answer);
  });

  it("is refused where the scanner finds something, or does not answer", async () => {
    expect(await answerOf(png, () => Promise.resolve({ ok: true }))).toBe("image/png");
    expect(await answerOf(png, () => Promise.resolve({ ok: false, found: "Eicar" }))).toBe("malware");
    expect(await answerOf(png, () => Promise.resolve({ ok: false, found: null }))).toBe("unscanned");
  });

  it("is known by its content, and its name is for reading alone", () => {
    expect(proofType(bytes("\u00ff\u00d8\u00ff\u00e0"))).toBe("image/jpeg");
    expect(shownName("../../etc/passwd", "image/png")).toBe("passwd.png");
    expect(shownName("C:\\a\\Zeugnis Müller.pdf.exe", "application/pdf")).toBe("Zeugnis Müller.pdf.pdf");
    expect(shownName("\u0000\u202e", "image/jpeg")).toBe("proof.jpg");
  });
});
