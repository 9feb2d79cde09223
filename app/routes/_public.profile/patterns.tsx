import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Pattern } from "#app/domain/evidence/profile-pattern.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { useLangOf, useT } from "#app/i18n/use-t.tsx";
import { anchorOf, Iri } from "./iri.tsx";

export function Patterns({ patterns }: { patterns: Pattern[] }) {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  return (
    <section className="mt-10">
      <h2 id="patterns" className="mb-1 text-xl">
        {t("Patterns")}
      </h2>
      <p className="text-muted mb-4">
        {t(
          "The order in which the statements of one registration follow each other. Each registration follows a primary pattern; the others are parts of these.",
        )}
      </p>
      <Table
        caption={t("Patterns")}
        head={
          <>
            <Th>{t("Name")}</Th>
            <Th>{t("Order")}</Th>
            <Th>{t("Meaning")}</Th>
          </>
        }
      >
        {patterns.map((pattern) => (
          <tr key={pattern.id} id={anchorOf(pattern.id)} className="target:bg-accent-soft scroll-mt-4">
            <Td className="min-w-48">
              <p className="font-semibold">
                <span lang={lang}>{pattern.prefLabel.en}</span>{" "}
                {pattern.primary ? <Badge tone="accent">{t("primary")}</Badge> : null}
              </p>
              <Iri iri={pattern.id} />
            </Td>
            <Td className="min-w-64">
              <Order pattern={pattern} />
            </Td>
            <Td className="min-w-48">
              <span lang={lang}>{pattern.definition.en}</span>
            </Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Order({ pattern }: { pattern: Pattern }) {
  const t = useT();
  if ("sequence" in pattern) return <Members words={t("One after the other")} ids={pattern.sequence} />;
  if ("alternates" in pattern) return <Members words={t("One of these")} ids={pattern.alternates} />;
  if ("optional" in pattern) return <Members words={t("Once or not at all")} ids={[pattern.optional]} />;
  if ("oneOrMore" in pattern) return <Members words={t("Once or more often")} ids={[pattern.oneOrMore]} />;
  return <Members words={t("Any number of times")} ids={[pattern.zeroOrMore]} />;
}

function Members({ words, ids }: { words: string; ids: string[] }) {
  return (
    <>
      <p>{words}</p>
      <ol className="ml-5 list-decimal">
        {ids.map((id, i) => (
          // The same member may come again, so its place is part of what it is.
          <li key={`${i} ${id}`}>
            <Iri iri={id} />
          </li>
        ))}
      </ol>
    </>
  );
}
