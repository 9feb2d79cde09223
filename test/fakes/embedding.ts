import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type FakeEmbedding = {
  baseUrl: string;
  /** Answers 503 while true. */
  down: boolean;
  /** The model and the texts of each request taken. */
  requests: { model: string; input: string[] }[];
  close(): Promise<void>;
};

/**
 * An embedding model on a loopback port that speaks OpenAI's embeddings, base64 where it is asked for. The vector of a
 * text is its length and its number of lines.
 */
export async function startEmbedding(): Promise<FakeEmbedding> {
  const fake: FakeEmbedding = {
    baseUrl: "",
    down: false,
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    void handle(fake, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fake.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return fake;
}

async function handle(
  fake: FakeEmbedding,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  if (fake.down || request.url !== "/v1/embeddings") {
    response.writeHead(fake.down ? 503 : 404).end();
    return;
  }
  const body = JSON.parse(text) as { model: string; input: string | string[]; encoding_format?: string };
  const input = [body.input].flat();
  fake.requests.push({ model: body.model, input });
  const data = input.map((t, index) => {
    const vector = [t.length, t.split("\n").length];
    const bytes = Buffer.from(new Float32Array(vector).buffer);
    const embedding = body.encoding_format === "base64" ? bytes.toString("base64") : vector;
    return { object: "embedding", index, embedding };
  });
  response.writeHead(200, { "content-type": "application/json" }).end(
    JSON.stringify({
      object: "list",
      model: body.model,
      data,
      usage: { prompt_tokens: 1, total_tokens: 1 },
    }),
  );
}
