import { createTransport, type SendMailOptions, type Transporter } from "nodemailer";
import type { MailSent, OutgoingMail, SendMail } from "#app/domain/communication/message.ts";

/** How long a mail server may take for its next word. */
const timeoutMs = 20_000;

/** A connection that nothing was sent over for so long is given back, before most servers end it themselves. */
const idleMs = 15_000;

export type SmtpSettings = {
  SMTP_URL?: string | undefined;
  MAIL_FROM?: string | undefined;
  SMTP_CONNECTIONS?: number | undefined;
  MAIL_PER_MINUTE?: number | undefined;
};

/** Hands mails to a mail server over connections that are kept for the next one. */
export type Mailer = {
  send: SendMail;
  /** Mails that may be under way at once. */
  lanes: number;
  /** Takes no more mails; what is being handed over is handed over first, what waits is told that it was not sent. */
  close(): Promise<void>;
};

/**
 * Hands mails to the SMTP server of `SMTP_URL`; null where none is configured. `smtps://` speaks TLS
 * from the start, `smtp://` turns to TLS where the server offers it, and insists on it with `?requireTLS=true`.
 */
export function mailSender(env: SmtpSettings): Mailer | null {
  const { SMTP_URL: url, MAIL_FROM: from, SMTP_CONNECTIONS: lanes = 4, MAIL_PER_MINUTE: perMinute } = env;
  if (url === undefined || from === undefined) return null;
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: lanes,
    idleTimeout: idleMs,
    // One more try where a kept connection turns out to be gone; whatever else happens is tried again in its own time.
    maxRequeues: 1,
    ...(perMinute === undefined ? {} : { rateDelta: 60_000, rateLimit: perMinute }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a mail of ours names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const underWay = new Set<Promise<MailSent>>();
  const once = (mail: OutgoingMail) => handOver(transport, messageOf(from, mail));
  return {
    lanes,
    send(mail) {
      const sent = once(mail)
        // A kept connection may end at any mail: one more try over a new one tells whether the server is there.
        .then((error) => (error !== null && isBroken(error) ? once(mail) : error))
        .then((error): MailSent => (error === null ? { ok: true } : failureOf(error)))
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
      return sent;
    },
    async close() {
      transport.close();
      await Promise.all(underWay);
    },
  };
}

/** Null once the server took it, else what went wrong. */
async function handOver(transport: Transporter, message: SendMailOptions): Promise<unknown> {
  try {
    await transport.sendMail(message);
    return null;
  } catch (error) {
    return error ?? new Error("The mail server did not take it.");
  }
}

function messageOf(from: string, mail: OutgoingMail): SendMailOptions {
  const { messageId, to, subject, text, html, language, unsubscribe } = mail;
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId,
    headers: {
      // No out-of-office answers to it (RFC 3834 §5).
      "Auto-Submitted": "auto-generated",
      "Content-Language": language,
      ...(unsubscribe === null
        ? {}
        : {
            "List-Unsubscribe": { prepared: true, value: `<${unsubscribe}>` },
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          }),
    },
  };
}

/** Whether a connection that stood has ended: without a word, or with 421 (RFC 5321 §3.8). */
function isBroken(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return responseCode === 421 || (code === "ECONNECTION" && responseCode === undefined);
}

/**
 * How a failure is to be taken. What the server says of this reader counts for this reader; all else (no connection, our
 * sign-in, our sender address) is mended in the configuration, and nobody's mail may be lost until it is.
 */
function failureOf(error: unknown): MailSent {
  const { code, responseCode, command, response, message } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
    response?: string;
    message?: string;
  };
  const words = oneLine(response ?? message ?? "The mail server did not take it.");
  const ofReader = ["RCPT TO", "DATA", "API"].includes(command ?? "") || code === "EMESSAGE";
  if (responseCode !== undefined && ofReader && code !== "EAUTH")
    return responseCode >= 500
      ? { ok: false, kind: "refused", error: words, ofAddress: command === "RCPT TO" && !isPolicy(words) }
      : { ok: false, kind: "later", error: words };
  return {
    ok: false,
    kind: "unreachable",
    error: code && !words.includes(code) ? `${code}: ${words}` : words,
  };
}

/** Whether the server will not have us rather than the reader: relaying, reputation, security (RFC 3463 §3.8). */
const isPolicy = (response: string): boolean => /\b5\.7\.\d+\b/.test(response);

/** Without control signs, and without what might be a secret of the configuration. */
function oneLine(text: string): string {
  return text
    .replace(/\p{C}+/gu, " ")
    .replace(/\/\/[^\s/@]*@/g, "//…@")
    .trim();
}
