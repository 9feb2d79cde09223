import { z } from "zod";
import { systemRoles } from "./person-details.ts";

/** The most people who can be added at once: their requirements are run again while the page waits. */
export const addedAtOnce = 1000;

/** What HR enters to say who uses or oversees a system: e-mail addresses as pasted, or everybody of a department. */
export const systemPeopleInput = z
  .object({
    role: z.enum(systemRoles, "Choose what they do with it."),
    emails: z
      .string()
      .default("")
      .transform((text) => [
        ...new Set(
          text
            .toLowerCase()
            .split(/[\s,;<>]+/)
            .filter((part) => part.includes("@")),
        ),
      ]),
    department: z.string().trim().default(""),
    /** The last day; empty: until it is ended. */
    lastDay: z
      .union([z.literal("").transform(() => null), z.iso.date("Enter the day as a date.")])
      .default(null as never),
  })
  .refine((one) => one.emails.length > 0 || one.department !== "", {
    path: ["emails"],
    message: "Paste at least one e-mail address, or choose a department.",
  })
  .refine((one) => one.emails.length === 0 || one.department === "", {
    path: ["department"],
    message: "Either paste addresses or choose a department.",
  });
export type SystemPeopleInput = z.infer<typeof systemPeopleInput>;

/** The first day on which it no longer holds. */
export const dayAfter = (lastDay: string): string =>
  new Date(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
