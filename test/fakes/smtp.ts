import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A mail server that speaks SMTP on the loopback and keeps what it takes. */
export type FakeSmtp = {
  url: string;
  mails: ParsedMail[];
  /** How it treats a recipient: an SMTP reply code, or 250. */
  reply: (address: string) => number;
  /** How it treats the whole mail once it is in; 250 unless told otherwise. */
  afterData: number;
  /** What it says when it refuses a recipient. */
  words: string | null;
  /** In how many mails to come it ends the connection in the middle. */
  breaksOff: number;
  /** Connections it was asked for so far. */
  connections: number;
  /** Called when a mail is in, before it is confirmed. */
  onTaken: () => Promise<void> | void;
  close(): Promise<void>;
};

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** Starts one; `password` asks senders to sign in as `clause7` with it. */
export async function startSmtp(password?: string): Promise<FakeSmtp> {
  const sockets = new Map<number | undefined, Socket>();
  const server = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: password === undefined ? ["AUTH", "STARTTLS"] : ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    // Kept connections need not be waited for.
    closeTimeout: 50,
    onAuth: ({ username, password: given }, _session, done) => {
      if (username === "clause7" && given === password) done(null, { user: username });
      else done(refusal(535, "Authentication failed"));
    },
    onConnect: (_session, done) => {
      fake.connections++;
      done();
    },
    onRcptTo: ({ address }, _session, done) => {
      const code = fake.reply(address);
      done(
        code === 250
          ? null
          : refusal(code, fake.words ?? (code < 500 ? "Greylisted, come again" : "No such user")),
      );
    },
    onData: (stream, session, done) => {
      if (fake.breaksOff > 0) {
        fake.breaksOff--;
        // As a server that crashes does.
        return sockets.get(session.remotePort)?.destroy();
      }
      simpleParser(stream)
        .then(async (mail) => {
          if (fake.afterData !== 250) return done(refusal(fake.afterData, "Not this one"));
          fake.mails.push(mail);
          await fake.onTaken();
          done();
        })
        .catch(done);
    },
  });
  // A client that goes away in mid-sentence is no fault of the server.
  server.on("error", () => {});
  const listening = server.listen(0, "127.0.0.1");
  listening.on("connection", (socket) => sockets.set(socket.remotePort, socket));
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  const fake: FakeSmtp = {
    url: `smtp://${password === undefined ? "" : `clause7:${password}@`}127.0.0.1:${port}`,
    mails: [],
    reply: () => 250,
    afterData: 250,
    words: null,
    breaksOff: 0,
    connections: 0,
    onTaken: () => {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return fake;
}
