import { z } from "zod";

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time as hours and minutes, such as 08:00.");

/** Local times between which mails are sent, and whether on Saturdays and Sundays too. */
export const sendingHours = z
  .strictObject({ from: time, until: time, weekends: z.boolean() })
  .refine((hours) => minutes(hours.until) - minutes(hours.from) >= 60, {
    path: ["until"],
    message: "Leave at least an hour a day between the two times.",
  });
export type SendingHours = z.infer<typeof sendingHours>;

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}
