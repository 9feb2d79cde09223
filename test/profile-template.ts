import { Ajv, type ValidateFunction } from "ajv";
import { isDeepStrictEqual } from "node:util";
import type { Profile } from "#app/domain/evidence/profile.ts";
import type { TemplateRule } from "#app/domain/evidence/profile-rule.ts";
import { profile as prefix, type Statement } from "#app/domain/evidence/statement.ts";

/** Object members by name, array members by position, or all members. */
type Step = (string | number)[] | "all";

const stepPattern =
  /\.?\[\s*(?<names>'[^']*'(?:\s*,\s*'[^']*')*)\s*\]|\[\s*(?<positions>\d+(?:\s*,\s*\d+)*)\s*\]|(?<all>\[\s*\*\s*\]|\.\*)|\.?(?<name>[A-Za-z_][\w-]*)/y;

/**
 * The paths of a JSONPath as far as profiles may use it (xAPI Profiles part 2 §8.1): names, positions, `*`, unions by comma,
 * and several paths joined by `|`. Throws on anything else, such as a filter.
 */
export function pathsOf(location: string): Step[][] {
  const paths = location.match(/(?:'[^']*'|[^'|])+/g) ?? [];
  return paths.map((path) => stepsOf(path.trim()));
}

function stepsOf(path: string): Step[] {
  const steps: Step[] = [];
  const end = path.length;
  stepPattern.lastIndex = path.startsWith("$") ? 1 : 0;
  while (stepPattern.lastIndex < end) {
    const from = stepPattern.lastIndex;
    const found = stepPattern.exec(path)?.groups;
    if (!found) throw new Error(`“${path}” is no JSONPath that a profile may use, from character ${from} on`);
    if (found["all"]) steps.push("all");
    else if (found["name"]) steps.push([found["name"]]);
    else if (found["positions"]) steps.push(found["positions"].split(",").map(Number));
    else steps.push([...(found["names"] ?? "").matchAll(/'([^']*)'/g)].map((m) => m[1] ?? ""));
  }
  return steps;
}

/** The values at a location, flat. */
export function valuesAt(value: unknown, location: string): unknown[] {
  return pathsOf(location).flatMap((path) =>
    path.reduce<unknown[]>((values, step) => values.flatMap((one) => children(one, step)), [value]),
  );
}

function children(value: unknown, step: Step): unknown[] {
  if (value === null || typeof value !== "object") return [];
  if (step === "all") return Object.values(value);
  return step.filter((key) => Object.hasOwn(value, key)).map((key) => Reflect.get(value, key));
}

/**
 * The templates that a statement's verb and object's type determine, each with the rules it breaks (xAPI Profiles part 3
 * §2.1). Empty: the statement is of no kind that the profile describes.
 */
export function templateFaults(
  { templates }: Pick<Profile, "templates">,
  statement: unknown,
): { template: string; faults: string[] }[] {
  const [verb] = valuesAt(statement, "$.verb.id");
  const [type] = valuesAt(statement, "$.object.definition.type");
  return templates
    .filter((template) => template.verb === verb && template.objectActivityType === type)
    .map(({ id, rules }) => ({
      template: id,
      faults: rules.flatMap((rule) =>
        ruleFaults(statement, rule).map((fault) => `${rule.location}: ${fault}`),
      ),
    }));
}

const unmatchable = Symbol("nothing at the selector");

/** What a statement breaks of one rule, as `follows_rule` of xAPI Profiles part 3 §2.1 has it. */
export function ruleFaults(statement: unknown, rule: TemplateRule): string[] {
  const { presence, any, all, none } = rule;
  const values = evaluated(statement, rule);
  const matchable = values.filter((value) => value !== unmatchable);
  const missing = matchable.length < values.length;
  const within = (value: unknown, list: unknown[]): boolean =>
    list.some((one) => isDeepStrictEqual(one, value));
  const faults: string[] = [];
  if (presence === "included" && values.length === 0) faults.push("is missing");
  if (presence === "included" && missing) faults.push("lacks what is selected");
  if (presence === "excluded" && matchable.length > 0) faults.push("must be left out");
  if (presence === "recommended" && values.length === 0) return faults;
  if (presence === "excluded") return faults;
  if (any && !matchable.some((value) => within(value, any))) faults.push("has none of the values wanted");
  if (all && (missing || !matchable.every((value) => within(value, all))))
    faults.push("has a value other than those allowed");
  if (none && matchable.some((value) => within(value, none))) faults.push("has a value that is forbidden");
  return faults;
}

function evaluated(statement: unknown, { location, selector }: TemplateRule): unknown[] {
  const values = valuesAt(statement, location);
  if (selector === undefined) return values;
  return values.flatMap((value) => {
    const selected = valuesAt(value, selector);
    return selected.length > 0 ? selected : [unmatchable];
  });
}

const places = {
  ContextExtension: "$.context.extensions",
  ResultExtension: "$.result.extensions",
  ActivityExtension:
    "$.object.definition.extensions | $.context.contextActivities[*][*].definition.extensions",
} as const;

const compiled = new Map<string, ValidateFunction>();

/** Extensions under our prefix that the profile does not define for their place, or whose value breaks their schema. */
export function extensionFaults({ concepts }: Pick<Profile, "concepts">, statement: Statement): string[] {
  return Object.entries(places).flatMap(([type, place]) =>
    valuesAt(statement, place)
      .flatMap((extensions) => Object.entries(extensions as object))
      .filter(([id]) => id.startsWith(`${prefix}/`))
      .flatMap(([id, value]) => {
        const concept = concepts.find((one) => one.id === id);
        if (!concept || !("inlineSchema" in concept) || concept.type !== type)
          return [`${id} is no ${type} of the profile`];
        const valid =
          compiled.get(concept.inlineSchema) ?? new Ajv().compile(JSON.parse(concept.inlineSchema));
        compiled.set(concept.inlineSchema, valid);
        return valid(value) ? [] : (valid.errors ?? []).map((e) => `${id}${e.instancePath} ${e.message}`);
      }),
  );
}
