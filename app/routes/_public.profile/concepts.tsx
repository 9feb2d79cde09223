import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Concept } from "#app/domain/evidence/profile-concept.ts";
import { anchorOf, Iri } from "./iri.tsx";

const kinds: Record<Concept["type"], string> = {
  Verb: "Verb",
  ActivityType: "Activity type",
  ContextExtension: "Context extension",
  ResultExtension: "Result extension",
  ActivityExtension: "Activity extension",
};

export function Concepts({ concepts }: { concepts: Concept[] }) {
  return (
    <section className="mt-10">
      <h2 id="concepts" className="mb-1 text-xl">
        Concepts
      </h2>
      <p className="text-muted mb-4">The words that no shared vocabulary has. Others are ADL’s and cmi5’s.</p>
      <Table
        caption="Concepts"
        head={
          <>
            <Th>Name</Th>
            <Th>Meaning</Th>
          </>
        }
      >
        {concepts.map((concept) => (
          <tr key={concept.id} id={anchorOf(concept.id)} className="target:bg-accent-soft scroll-mt-4">
            <Td className="min-w-48">
              <p className="font-semibold">
                {concept.prefLabel.en} <Badge>{kinds[concept.type]}</Badge>
              </p>
              <Iri iri={concept.id} />
            </Td>
            <Td className="min-w-56">
              <p>{concept.definition.en}</p>
              {"inlineSchema" in concept ? <Value schema={concept.inlineSchema} /> : null}
              {"broadMatch" in concept
                ? concept.broadMatch?.map((broader) => (
                    <p key={broader} className="text-muted mt-1">
                      Narrower than <Iri iri={broader} />
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
      Its value: <code className="text-xs wrap-anywhere">{JSON.stringify(rest)}</code>
    </p>
  );
}
