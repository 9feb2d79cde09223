import type { MessageFilter } from "#app/domain/communication/message-log.ts";

/** Where a page of the list is. */
export function messagesAddress({ q, topic, state }: MessageFilter, page: number): string {
  return `/admin/messages?${new URLSearchParams({ q, topic, state, page: String(page) }).toString()}`;
}
