import { Badge } from "#app/components/ui/surface.tsx";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import type { Pattern } from "#app/domain/evidence/profile-pattern.ts";
import { anchorOf, Iri } from "./iri.tsx";

export function Patterns({ patterns }: { patterns: Pattern[] }) {
  return (
    <section className="mt-10">
      <h2 id="patterns" className="mb-1 text-xl">
        Patterns
      </h2>
      <p className="text-muted mb-4">
        The order in which the statements of one registration follow each other. Each registration follows a
        primary pattern; the others are parts of these.
      </p>
      <Table
        caption="Patterns"
        head={
          <>
            <Th>Name</Th>
            <Th>Order</Th>
            <Th>Meaning</Th>
          </>
        }
      >
        {patterns.map((pattern) => (
          <tr key={pattern.id} id={anchorOf(pattern.id)} className="target:bg-accent-soft scroll-mt-4">
            <Td className="min-w-48">
              <p className="font-semibold">
                {pattern.prefLabel.en} {pattern.primary ? <Badge tone="accent">primary</Badge> : null}
              </p>
              <Iri iri={pattern.id} />
            </Td>
            <Td className="min-w-64">
              <Order pattern={pattern} />
            </Td>
            <Td className="min-w-48">{pattern.definition.en}</Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Order({ pattern }: { pattern: Pattern }) {
  if ("sequence" in pattern) return <Members words="One after the other" ids={pattern.sequence} />;
  if ("alternates" in pattern) return <Members words="One of these" ids={pattern.alternates} />;
  if ("optional" in pattern) return <Members words="Once or not at all" ids={[pattern.optional]} />;
  if ("oneOrMore" in pattern) return <Members words="Once or more often" ids={[pattern.oneOrMore]} />;
  return <Members words="Any number of times" ids={[pattern.zeroOrMore]} />;
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
