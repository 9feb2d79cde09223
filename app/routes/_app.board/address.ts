import { type BoardFilter, filterQuery } from "#app/domain/competence/board.ts";

/** Address of the board with a filter changed in part; a page beside a person when one is given. */
export function boardAddress(
  filter: BoardFilter,
  change: Partial<BoardFilter> = {},
  beside: { after: string } | { before: string } | null = null,
): string {
  const query = new URLSearchParams(filterQuery({ ...filter, ...change }));
  for (const [name, id] of Object.entries(beside ?? {})) query.set(name, id);
  return query.size === 0 ? "/board" : `/board?${query}`;
}

/** An audience as a word in a list: `customer-support` reads “Customer support”. */
export function audienceName(audience: string): string {
  const words = audience.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
