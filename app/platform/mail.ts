import { createTransport, type Transporter } from "nodemailer";
import type { MailSent, OutgoingMail, SendMail } from "#app/domain/communication/message.ts";

/** How long a mail server may take for its next word. */
const timeoutMs = 20_000;

export type SmtpSettings = { SMTP_URL?: string | undefined; MAIL_FROM?: string | undefined };

/**
 * Hands mails to the SMTP server of `SMTP_URL`; null where none is configured. `smtps://` speaks TLS
 * from the start, `smtp://` turns to TLS where the server offers it, and insists on it with `?requireTLS=true`.
 */
export function mailSender(env: SmtpSettings): SendMail | null {
  const { SMTP_URL: url, MAIL_FROM: from } = env;
  if (url === undefined || from === undefined) return null;
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a mail of ours names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return (mail) => send(transport, from, mail);
}

async function send(transport: Transporter, from: string, mail: OutgoingMail): Promise<MailSent> {
  const { messageId, to, subject, text, html, language, unsubscribe } = mail;
  try {
    await transport.sendMail({
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
    });
    return { ok: true };
  } catch (error) {
    return failureOf(error);
  }
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
    return { ok: false, kind: responseCode >= 500 ? "refused" : "later", error: words };
  return {
    ok: false,
    kind: "unreachable",
    error: code && !words.includes(code) ? `${code}: ${words}` : words,
  };
}

/** Without control signs, and without what might be a secret of the configuration. */
function oneLine(text: string): string {
  return text
    .replace(/\p{C}+/gu, " ")
    .replace(/\/\/[^\s/@]*@/g, "//…@")
    .trim();
}
