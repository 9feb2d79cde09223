import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { mend, run } from "./terminal.ts";

// npm run --silent mcp: speaks the Model Context Protocol on standard input and output, for clients that cannot send a key
// over HTTP, and passes everything on to the running server of CLAUSE7_URL under the key CLAUSE7_KEY.
await run(async () => {
  const key =
    process.env["CLAUSE7_KEY"] || mend("Set CLAUSE7_KEY to a key of yours; make one under API keys.");
  const url = process.env["CLAUSE7_URL"] || "http://127.0.0.1:3000";
  if (!/^https?:/.test(url) || !URL.canParse(url))
    mend("Set CLAUSE7_URL to the server's address, such as https://learn.example.org.");
  await bridge(url.replace(/\/$/, ""), key);
  return true;
});

/** Passes messages both ways until the client closes its end. */
async function bridge(url: string, key: string): Promise<void> {
  const near = new StdioServerTransport();
  const far = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  listen(far, (message) => {
    const version = "result" in message ? message.result["protocolVersion"] : undefined;
    // Every later request names the version that was agreed on.
    if (typeof version === "string") far.setProtocolVersion(version);
    void near.send(message);
  });
  listen(near, (message) => {
    far.send(message).catch((error: unknown) => {
      const refusal = refusalOf(message, reasonOf(error, url));
      if (refusal) void near.send(refusal);
    });
  });
  const closed = new Promise<void>((resolve) => process.stdin.once("end", resolve));
  await far.start();
  await near.start();
  await closed;
  await far.close();
}

/** A transport of the SDK has one listener, as a property. What is no message is told and passed over. */
function listen(transport: Transport, onmessage: (message: JSONRPCMessage) => void): void {
  Object.assign(transport, { onmessage, onerror: (error: Error) => console.error(error.message) });
}

/** The answer to a request that did not get through; null for what expects none. */
function refusalOf(message: JSONRPCMessage, reason: string): JSONRPCMessage | null {
  if (!("method" in message) || !("id" in message)) return null;
  // Of the range that JSON-RPC leaves to implementations.
  return { jsonrpc: "2.0", id: message.id, error: { code: -32_000, message: reason } };
}

function reasonOf(error: unknown, url: string): string {
  if (!(error instanceof StreamableHTTPError))
    return `The server at ${url} does not answer. Start it, or set CLAUSE7_URL.`;
  if (error.code === 401)
    return `The server at ${url} does not take this key. Make one at ${url}/account/keys and set CLAUSE7_KEY.`;
  return `The server at ${url} refused the request: ${error.message}`;
}
