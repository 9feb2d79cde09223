import { z } from "zod";
import { boardFilter, filterQuery } from "./board.ts";

/** The most views of one person. */
export const viewLimit = 30;

export const viewName = z
  .string()
  .trim()
  .min(1, "Give the view a name.")
  .max(60, "Keep the name within 60 characters.");

export type SavedViewRefusal = "taken" | "limit";
export const savedViewRefusalWords: Record<SavedViewRefusal, string> = {
  taken: "You have a view of this name already. Choose another name.",
  limit: "You have as many views as can be kept. Delete one first.",
};

/** The filter of an address as it is kept: only what the board understands, always in the same order. */
export const keptQuery = (query: string): string =>
  filterQuery(boardFilter.parse(Object.fromEntries(new URLSearchParams(query))));
