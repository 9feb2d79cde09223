import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Import order of the domains: each may import those before it. */
const domains = [
  "audit",
  "people",
  "jobs",
  "content",
  "lrs",
  "evidence",
  "communication",
  "learning",
  "policies",
  "register",
  "competence",
  "risk",
  "cases",
  "assistant",
  "effectiveness",
  // An audit pack shows what all the others keep.
  "pack",
];

type File = { path: string; imports: string[]; text: string };

const files: File[] = ["app", "db", "scripts"].flatMap(walk);

function walk(folder: string): File[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx)$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsOf(text).map((target) => resolveImport(path, target)) };
    });
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/g,
    ),
  ].map((m) => m[1] ?? m[2] ?? "");
}

function resolveImport(from: string, target: string): string {
  if (target.startsWith("#")) return target.slice(1);
  if (target.startsWith(".")) return relative(root, resolve(root, dirname(from), target));
  return target;
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const isServer = (path: string): boolean => path.includes(".server.");
const product = files.filter((f) => !isTest(f.path));
const inDomain = product.filter((f) => f.path.startsWith("app/domain/"));

/** Every breach as `file → import`, so that the failure names it. */
function breaches(from: File[], forbidden: (target: string, file: File) => boolean): string[] {
  return from.flatMap((file) =>
    file.imports.filter((target) => forbidden(target, file)).map((target) => `${file.path} → ${target}`),
  );
}

describe("architecture", () => {
  it("finds the product's files", () => {
    expect(inDomain.length).toBeGreaterThan(15);
  });

  it("keeps only noun pairs in domain folders that are in the table", () => {
    const strange = files
      .filter((f) => f.path.startsWith("app/domain/"))
      .map((f) => f.path)
      .filter(
        (path) =>
          !new RegExp(`^app/domain/(${domains.join("|")})/[a-z0-9-]+(\\.server)?(\\.test)?\\.ts$`).test(path),
      );
    expect(strange).toEqual([]);
  });

  it("lets a domain import only the domains above it", () => {
    const rank = (path: string): number => domains.indexOf(/^app\/domain\/([^/]+)/.exec(path)?.[1] ?? "");
    expect(
      breaches(
        inDomain,
        (target, file) => target.startsWith("app/domain/") && rank(target) > rank(file.path),
      ),
    ).toEqual([]);
  });

  it("keeps rules free of database, clock, randomness and environment", () => {
    const rules = inDomain.filter((f) => !isServer(f.path));
    expect(
      breaches(
        rules,
        (target) =>
          isServer(target) ||
          target.startsWith("db/") ||
          /^(drizzle-orm|postgres|node:fs|node:http)/.test(target),
      ),
    ).toEqual([]);
    const impure = rules
      .filter((f) => /new Date\(\)|Date\.now\(|Math\.random\(|randomUUID\(|process\.env/.test(f.text))
      .map((f) => f.path);
    expect(impure).toEqual([]);
  });

  it("keeps the domain from doors, HTTP, platform and React", () => {
    const outer = /^app\/(http|platform|components|routes|worker)\/|^react|^@remix-run|^express/;
    expect(breaches(inDomain, (target) => outer.test(target))).toEqual([]);
    const clock = inDomain
      .filter((f) => isServer(f.path) && /new Date\(\)|Date\.now\(|process\.env/.test(f.text))
      .map((f) => f.path);
    expect(clock).toEqual([]);
  });

  it("keeps doors and components from the database", () => {
    const doors = product.filter((f) => /^app\/(routes|components|worker)\//.test(f.path));
    expect(breaches(doors, (target) => target.startsWith("db/") || target.startsWith("drizzle-orm"))).toEqual(
      [],
    );
  });

  it("keeps components from doors and HTTP, and the UI kit from the product", () => {
    const components = product.filter((f) => f.path.startsWith("app/components/"));
    expect(
      breaches(components, (target) => /^app\/(routes|worker)\//.test(target) || isServer(target)),
    ).toEqual([]);
    const kit = product.filter((f) => f.path.startsWith("app/components/ui/"));
    expect(
      breaches(
        kit,
        (target) =>
          target.startsWith("app/") &&
          !target.startsWith("app/components/ui/") &&
          !target.startsWith("app/i18n/"),
      ),
    ).toEqual([]);
  });

  it("lets nobody import a route, and nobody but scripts import scripts", () => {
    const notRoutes = product.filter((f) => !f.path.startsWith("app/routes/"));
    expect(breaches(notRoutes, (target) => target.startsWith("app/routes/"))).toEqual([]);
    expect(
      breaches(
        product.filter((f) => !f.path.startsWith("scripts/")),
        (target) => target.startsWith("scripts/"),
      ),
    ).toEqual([]);
  });

  it("asks who is acting in every signed-in loader and action", () => {
    const open = product
      .filter(
        (f) =>
          f.path.startsWith("app/routes/_app") &&
          /export (async )?function (loader|action)|export const (loader|action)/.test(f.text),
      )
      .filter((f) => {
        const doors = f.text.match(/export (async )?function (loader|action)\b/g)?.length ?? 0;
        return (f.text.match(/await actorOf\(/g)?.length ?? 0) < doors;
      })
      .map((f) => f.path);
    expect(open).toEqual([]);
  });

  it("lets nobody change a person without keeping what was known before", () => {
    // Who comes with no version is known to have always been as the row says.
    const writers = product.filter((f) => /\.update\(person\)/.test(f.text));
    expect(writers.map((f) => f.path)).not.toEqual([]);
    expect(
      writers.filter((f) => !/await (recordChanges|eraseVersions)\(/.test(f.text)).map((f) => f.path),
    ).toEqual([]);
    const keepers = product.filter((f) => /\.(insert|update|delete)\(personVersion\)/.test(f.text));
    expect(keepers.map((f) => f.path)).toEqual(["app/domain/people/person-version.server.ts"]);
  });

  it("has no barrel files and no drawers", () => {
    expect(
      product
        .map((f) => f.path)
        .filter((path) => /(^|\/)(utils?|helpers?|misc|common|index)(\.server)?\.tsx?$/.test(path)),
    ).toEqual([]);
  });
});
