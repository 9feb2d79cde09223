import { customType } from "drizzle-orm/pg-core";
import type { Response } from "#app/domain/content/item.ts";

/**
 * A learner's response. The drivers read JSON by themselves; the library's own column type reads a text once more, so that
 * the short answer "2" would come back as a number, and be wrong.
 */
export const answered = customType<{ data: Response; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => value as Response,
});
