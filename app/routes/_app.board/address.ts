import { useLoaderData } from "@remix-run/react";
import { type BoardFilter, filterQuery } from "#app/domain/competence/board.ts";
import type { loader } from "./route.tsx";

type Beside = { after: string } | { before: string } | null;

/**
 * Address of the board with a filter changed in part; a page beside a person when one is given. `place` is what stays
 * besides the filter: the day looked back at.
 */
export function boardAddress(
  filter: BoardFilter,
  change: Partial<BoardFilter> = {},
  beside: Beside = null,
  place: Record<string, string> = {},
): string {
  const query = new URLSearchParams(filterQuery({ ...filter, ...change }));
  for (const [name, value] of Object.entries({ ...place, ...beside })) query.set(name, value);
  return query.size === 0 ? "/board" : `/board?${query}`;
}

/** The same from where the reader is. */
export function useBoardAddress(): (change?: Partial<BoardFilter>, beside?: Beside) => string {
  const { filter, place } = useLoaderData<typeof loader>();
  return (change = {}, beside = null) => boardAddress(filter, change, beside, place);
}
