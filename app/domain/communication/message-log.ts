import { z } from "zod";
import { messageStates } from "./message.ts";
import { noticeTopics } from "./notice.ts";

/** What a list of messages is narrowed to, as the address has it; what cannot be is left out. */
export const messageFilter = z.object({
  q: z.string().trim().max(100).catch(""),
  topic: z.enum(["", ...noticeTopics]).catch(""),
  state: z.enum(["", ...messageStates]).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type MessageFilter = z.infer<typeof messageFilter>;
