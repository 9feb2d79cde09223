/** How a message ended: handed to the mail server, refused for good, replaced by a newer one, or its reader has left. */
export const messageOutcomes = ["sent", "gave_up", "replaced", "left"] as const;
export type MessageOutcome = (typeof messageOutcomes)[number];

/** Where a message stands. `waiting`: not tried yet; `retrying`: tried, and tried again. */
export const messageStates = ["waiting", "retrying", ...messageOutcomes] as const;
export type MessageState = (typeof messageStates)[number];

export const messageStateNames: Record<MessageState, string> = {
  waiting: "Waiting",
  retrying: "Trying again",
  sent: "Sent",
  gave_up: "Given up",
  replaced: "Replaced",
  left: "Not sent: has left",
};

export function messageState(message: { outcome: MessageOutcome | null; attempts: number }): MessageState {
  return message.outcome ?? (message.attempts > 0 ? "retrying" : "waiting");
}

/**
 * Why a message was not taken. `refused`: this reader's server will never take it. `later`: it asks us to come again.
 * `unreachable`: it lies with our mail server or how we reach it, so nobody's mail goes out.
 */
export type MailFailure = "refused" | "later" | "unreachable";

export type MailSent =
  | { ok: true }
  | {
      ok: false;
      kind: "later" | "unreachable";
      /** One line for an administrator; no content, no credentials. */
      error: string;
    }
  | {
      ok: false;
      kind: "refused";
      error: string;
      /** It is the address that does not work, rather than this mail. */
      ofAddress: boolean;
    };

/** A mail on its way to the mail server. */
export type OutgoingMail = {
  /** The same at every try, so that who gets it twice can tell (RFC 5322 §3.6.4). */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  language: string;
  /** Address that switches such mails off with one POST (RFC 8058); null where they may not be. */
  unsubscribe: string | null;
};

/** Hands one mail to the mail server. Never throws for what the server or the network does. */
export type SendMail = (mail: OutgoingMail) => Promise<MailSent>;

const day = 86_400_000;
/** After this a message tells of a state that may be past. */
const freshDays = 3;

/**
 * What becomes of a message that waits, before it is tried at `now`. What our mail server kept back for days is replaced by
 * a mail on what then holds; what a reader's server put off for days is given up and shown to people.
 */
export function beforeTry(
  message: { queuedAt: Date; failure: MailFailure | null },
  now: Date,
): "try" | "replaced" | "gave_up" {
  if (now.getTime() - message.queuedAt.getTime() < freshDays * day) return "try";
  return message.failure === "later" ? "gave_up" : "replaced";
}

/** The Message-ID of a message: its id at the host that people know this product by. */
export function messageIdOf(id: string, baseUrl: string): string {
  return `<${id}@${new URL(baseUrl).hostname}>`;
}
