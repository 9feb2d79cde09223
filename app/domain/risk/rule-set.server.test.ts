import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { sampleKnown, sampleRules } from "#test/sample.ts";
import { canonicalJson, sha256 } from "../audit/event.ts";
import { ContentError } from "../content/source.ts";
import { currentRules, loadRules, publishRules } from "./rule-set.server.ts";

describe("loadRules", () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "rules-"));
    for (const folder of ["rules", "prompts"])
      cpSync(join("content", folder), join(dir, folder), { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const edit = (name: string, from: string, to: string): void => {
    const file = join(dir, "rules", name);
    const before = readFileSync(file, "utf8");
    expect(before).toContain(from);
    writeFileSync(file, before.replace(from, to));
  };
  const fault = (): ContentError => {
    try {
      loadRules(dir, sampleKnown());
    } catch (error) {
      if (error instanceof ContentError) return error;
      throw error;
    }
    throw new Error("the rules load");
  };
  const lineOf = (name: string, text: string): number =>
    readFileSync(join(dir, "rules", name), "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;

  it("reads the sample organisation's rules: every one dated, with clauses that exist", () => {
    const rules = loadRules(dir, sampleKnown());
    expect(rules.rules.length).toBeGreaterThan(40);
    expect(rules.purposes.length).toBeGreaterThan(35);
    const legal = rules.rules.filter((r) => r.anchor !== "");
    expect(legal.every((r) => r.source.includes("2024/1689") && r.checkedOn >= "2026-11-23")).toBe(true);
  });

  it.each([
    ["a result that is no result", "legal.yaml", "result: prohibit", "result: forbid", /rules\.0\.result/],
    ["an unknown key", "legal.yaml", "riskClass: prohibited", "riskKlass: prohibited", /riskKlass/],
    ["a date that is none", "legal.yaml", "appliesFrom: 2025-02-02", "appliesFrom: soon", /appliesFrom/],
    ["a purpose nobody defined", "legal.yaml", "[manipulation]", "[nudging]", /there is no purpose nudging/],
    [
      "a clause no policy has",
      "organisation.yaml",
      "acceptable-use-policy#3.4",
      "acceptable-use-policy#9.9",
      /no policy has the clause acceptable-use-policy#9\.9/,
    ],
    ["an id that stands twice", "organisation.yaml", "id: org-secrets", "id: art-5-1-a", /stands twice/],
    ["YAML that is broken", "purposes.yaml", "phrases: [draft,", "phrases: [[draft,", /./],
    [
      "a rule that is not translated",
      "translations/de.yaml",
      "  org-no-tool:\n    title: Dafür ist kein Tool freigegeben\n    reason: Kein Tool im Register ist für diesen Zweck mit diesen Daten für Ihre Gruppe freigegeben.\n",
      "",
      /the rule org-no-tool is not translated/,
    ],
    [
      "a purpose that is not translated",
      "translations/fr.yaml",
      "  translate: Traduire\n",
      "",
      /the purpose translate is not translated/,
    ],
    [
      "a translated purpose there is not",
      "translations/es.yaml",
      "purposes:\n",
      "purposes:\n  nudging: Empujar\n",
      /there is no purpose nudging/,
    ],
    [
      "a condition that is lost in translation",
      "translations/fr.yaml",
      '    conditions: ["Pas là où le contrat du client interdit l\'IA sur ses données."]\n',
      "",
      /the rule org-customer-contract has 1 conditions/,
    ],
    [
      "an exemption that the rule does not have",
      "translations/es.yaml",
      "  org-secrets:\n",
      "  org-secrets:\n    derogation: Ninguna.\n",
      /the rule org-secrets has no derogation/,
    ],
    ["a text of another kind", "translations/de.yaml", "title: Biometrie", "titel: Biometrie", /titel|title/],
    ["a data class nobody knows", "lexicon.yaml", "gives: [internal]", "gives: [inside]", /dataClasses/],
  ])("names file, line and reason of %s", (_title, name, from, to, reason) => {
    edit(name, from, to);
    const error = fault();
    expect(error.reason).toMatch(reason);
    expect(error.file.startsWith(join(dir, "rules"))).toBe(true);
    expect(error.line).toBeGreaterThan(0);
  });

  it("points at the line of the fault", () => {
    edit("legal.yaml", 'anchor: "Art. 5(1)(c)"', "anchor: 5");
    expect(fault()).toMatchObject({
      file: join(dir, "rules/legal.yaml"),
      line: lineOf("legal.yaml", "anchor: 5"),
    });
  });

  it("points at the line of a translation", () => {
    edit("translations/es.yaml", "  org-secrets:", "  org-secret:");
    expect(fault()).toMatchObject({
      file: join(dir, "rules/translations/es.yaml"),
      line: lineOf("translations/es.yaml", "rules:"),
      reason: "the rule org-secrets is not translated",
    });
    edit("translations/es.yaml", "  org-secret:", "  org-secrets: &secrets");
    edit("translations/es.yaml", "purposes:", "  art-99: *secrets\npurposes:");
    expect(fault()).toMatchObject({
      line: lineOf("translations/es.yaml", "art-99:"),
      reason: "there is no rule art-99",
    });
  });

  it("says which file is missing", () => {
    rmSync(join(dir, "rules", "translations", "fr.yaml"));
    expect(fault().message).toMatch(/translations\/fr\.yaml:1: this file is missing/);
    cpSync(join("content", "rules"), join(dir, "rules"), { recursive: true });
    rmSync(join(dir, "prompts", "phrase.md"));
    expect(fault().message).toMatch(/phrase\.md:1: this file is missing/);
  });
});

onBothEngines("publishRules", (database) => {
  const first = new Date("2026-11-23T09:00:00Z");
  const later = new Date("2026-11-24T09:00:00Z");
  const latest = new Date("2026-11-25T09:00:00Z");

  it("keeps every set by its hash and says which is current", () =>
    database.rolledBack(async (tx) => {
      expect(await currentRules(tx)).toBeNull();
      const rules = sampleRules();
      const other = { ...rules, approvalMonths: 6 };
      expect(await publishRules(tx, rules, first)).toHaveLength(1);
      expect(await publishRules(tx, rules, later)).toEqual([]);
      expect(await publishRules(tx, other, later)).toHaveLength(1);
      expect((await currentRules(tx))?.body.approvalMonths).toBe(6);
      await publishRules(tx, rules, latest);
      expect(await currentRules(tx)).toEqual({ hash: sha256(canonicalJson(rules)), body: rules });
    }));
});
