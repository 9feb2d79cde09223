import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the endpoint behaves towards the next requests. */
export type ModelMood =
  | "well"
  /** Answers 503 to everything. */
  | "down"
  /** Takes the connection and never answers. */
  | "silent"
  /** Breaks the connection in the middle of a stream. */
  | "breaking";

type Request = {
  authorization: string | undefined;
  body: {
    model: string;
    stream?: boolean;
    messages: { role: string; content: string }[];
    response_format?: { type: string; json_schema?: { name: string; schema: Record<string, unknown> } };
  };
};

export type FakeModel = {
  baseUrl: string;
  /** What it answers: text of the message, streamed in pieces of a few characters when asked to. */
  answer: string | ((body: Request["body"]) => string);
  mood: ModelMood;
  /** Milliseconds from a request to the first piece of the answer, as models need to read it. */
  delay: number;
  requests: Request[];
  close(): Promise<void>;
};

/** A language model on a loopback port that speaks OpenAI's chat completions: JSON, and server-sent events for `stream`. */
export async function startModel(): Promise<FakeModel> {
  const model: FakeModel = {
    baseUrl: "",
    answer: "",
    mood: "well",
    delay: 0,
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    void handle(model, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  model.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  return model;
}

async function handle(model: FakeModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") {
    response.writeHead(404).end();
    return;
  }
  const body = JSON.parse(text) as Request["body"];
  model.requests.push({ authorization: request.headers.authorization, body });
  if (model.mood === "silent") return;
  if (model.mood === "down") {
    response.writeHead(503, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ error: { message: "overloaded", type: "server_error" } }));
    return;
  }
  const about = { id: "chatcmpl-1", created: 1_795_000_000, model: body.model };
  if (model.delay > 0) await new Promise((resolve) => setTimeout(resolve, model.delay));
  const answer = typeof model.answer === "string" ? model.answer : model.answer(body);
  if (!body.stream) {
    const message = { role: "assistant", content: answer };
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        ...about,
        object: "chat.completion",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    );
    return;
  }
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const send = (delta: object, finish_reason: string | null): void => {
    const choices = [{ index: 0, delta, finish_reason }];
    response.write(`data: ${JSON.stringify({ ...about, object: "chat.completion.chunk", choices })}\n\n`);
  };
  const pieces = answer.match(/[\s\S]{1,7}/g) ?? [];
  send({ role: "assistant", content: "" }, null);
  for (const [i, content] of pieces.entries()) {
    if (model.mood === "breaking" && i >= pieces.length / 2) {
      response.destroy();
      return;
    }
    send({ content }, null);
  }
  send({}, "stop");
  response.end("data: [DONE]\n\n");
}
