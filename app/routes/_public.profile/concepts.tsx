import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Concept } from "#app/domain/evidence/profile-concept.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { anchorOf, Iri } from "./iri.tsx";

const kinds: Record<Concept["type"], string> = {
  Verb: msg("Verb"),
  ActivityType: msg("Activity type"),
  ContextExtension: msg("Context extension"),
  ResultExtension: msg("Result extension"),
  ActivityExtension: msg("Activity extension"),
};

export function Concepts({ concepts }: { concepts: Concept[] }) {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  return (
    <section className="mt-10">
      <h2 id="concepts" className="mb-1 text-xl">
        {t("Concepts")}
      </h2>
      <p className="text-muted mb-4">
        {t("The words that no shared vocabulary has. Others are ADL’s and cmi5’s.")}
      </p>
      <Table
        caption={t("Concepts")}
        head={
          <>
            <Th>{t("Name")}</Th>
            <Th>{t("Meaning")}</Th>
          </>
        }
      >
        {concepts.map((concept) => (
          <tr key={concept.id} id={anchorOf(concept.id)} className="target:bg-accent-soft scroll-mt-4">
            <Td className="min-w-48">
              <p className="font-semibold">
                <span lang={lang}>{concept.prefLabel.en}</span> <Badge>{t(kinds[concept.type])}</Badge>
              </p>
              <Iri iri={concept.id} />
            </Td>
            <Td className="min-w-56">
              <p lang={lang}>{concept.definition.en}</p>
              {"inlineSchema" in concept ? <Value schema={concept.inlineSchema} /> : null}
              {"broadMatch" in concept
                ? concept.broadMatch?.map((broader) => (
                    <p key={broader} className="text-muted mt-1">
                      <Rich text="Narrower than <iri/>" elements={{ iri: <Iri iri={broader} /> }} />
                    </p>
                  ))
                : null}
            </Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Value({ schema }: { schema: string }) {
  const { $schema: _, ...rest } = JSON.parse(schema) as Record<string, unknown>;
  return (
    <p className="text-muted mt-1">
      <Rich
        text="Its value: <value/>"
        elements={{ value: <code className="text-xs wrap-anywhere">{JSON.stringify(rest)}</code> }}
      />
    </p>
  );
}
