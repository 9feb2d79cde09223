import { z } from "zod";
import { sendingHours } from "#app/domain/communication/hours.ts";

const tick = z.literal("yes").optional();

export const noticeFields = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("choose"),
    practice: tick,
    early: tick,
    own: tick,
    from: sendingHours.shape.from,
    until: sendingHours.shape.until,
    weekends: tick,
  }),
  z.object({ intent: z.literal("open") }),
  z.object({ intent: z.literal("close") }),
]);
