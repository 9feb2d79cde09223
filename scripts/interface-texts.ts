import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Language, translatedLanguages } from "#app/domain/content/language.ts";

/** A text of the interface where the source has it. `counted`: its wording follows a number. */
export type InterfaceText = { text: string; counted: boolean; file: string; line: number };

/** What the source of the interface says: texts that are translated, and those that stand bare in it. */
export function interfaceTexts(root = "app"): { marked: InterfaceText[]; bare: InterfaceText[] } {
  const marked: InterfaceText[] = [];
  const bare: InterfaceText[] = [];
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    const file = join(root, name);
    if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name) || name.startsWith("domain")) continue;
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    const found = (node: ts.Node, text: string, counted = false): InterfaceText => ({
      text,
      counted,
      file,
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    });
    const visit = (node: ts.Node): void => {
      for (const text of markedTexts(node)) marked.push(found(node, text.text, text.counted));
      const plain = bareText(node);
      if (plain) bare.push(found(node, plain));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { marked, bare };
}

/** The catalogue of a language, all areas together. */
export function catalogueOf(language: Language, root = "app/i18n"): Record<string, string> {
  const folder = join(root, language);
  const areas = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<string, string>,
  );
  return Object.assign({}, ...areas) as Record<string, string>;
}

/** The keys under which a text stands in a catalogue: itself, or one for each form that a number gives it. */
export function keysOf({ text, counted }: Pick<InterfaceText, "text" | "counted">): string[] {
  return counted ? [`${text}_one`, `${text}_other`] : [text];
}

/** Texts that a language lacks, each once. English lacks nothing but plural forms. */
export function untranslated(texts: readonly InterfaceText[], language: Language): InterfaceText[] {
  const known = catalogueOf(language);
  const wanted = (translatedLanguages as readonly Language[]).includes(language)
    ? texts
    : texts.filter((one) => one.counted);
  const missing = wanted.filter((one) => keysOf(one).some((key) => !known[key]));
  return missing.filter((one, i) => missing.findIndex((other) => other.text === one.text) === i);
}

function markedTexts(node: ts.Node): { text: string; counted: boolean }[] {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    if (!["t", "msg"].includes(node.expression.text)) return [];
    const [first, second] = node.arguments;
    const counted = second !== undefined && hasCount(second);
    return first ? literals(first).map((text) => ({ text, counted })) : [];
  }
  if (ts.isJsxSelfClosingElement(node) && node.tagName.getText() === "Rich") {
    const attributes = node.attributes.properties.filter((one) => ts.isJsxAttribute(one));
    const value = (name: string) => attributes.find((one) => one.name.getText() === name)?.initializer;
    const text = expressionOf(value("text"));
    const values = expressionOf(value("values"));
    const counted = values !== undefined && hasCount(values);
    return text ? literals(text).map((one) => ({ text: one, counted })) : [];
  }
  return [];
}

function expressionOf(value: ts.JsxAttributeValue | undefined): ts.Expression | undefined {
  return value && ts.isJsxExpression(value) ? value.expression : value;
}

/** The texts that an expression can come to: a literal, or those of either side of a choice. */
function literals(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literals(node.left), ...literals(node.right)];
  return [];
}

function hasCount(node: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.some((one) => one.name !== undefined && one.name.getText() === "count")
  );
}

/** Attributes whose value a person reads or hears. */
const spoken = ["aria-label", "title", "placeholder", "label", "alt", "hint", "legend", "eyebrow", "heading"];
/** Names and signs that are the same in every language. */
const names =
  /^(?:Clause7|xAPI|cmi5|LRS|IRI|UTC|SHA-256|JSON(?:-LD)?|CSV|HTTP|API|MCP|ID|URL|[A-Z]{2,5}|[\d\W_]*)$/;

function bareText(node: ts.Node): string | null {
  const text = ts.isJsxText(node)
    ? node.text
    : ts.isJsxAttribute(node) &&
        spoken.includes(node.name.getText()) &&
        node.initializer &&
        ts.isStringLiteral(node.initializer)
      ? node.initializer.text
      : null;
  const plain = text?.replace(/\s+/g, " ").trim() ?? "";
  return /\p{L}{2}/u.test(plain) && !names.test(plain) ? plain : null;
}
