import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { RequestEntry } from "../request-log";
import type { Answer } from "./answer";

/** One request on its way to an answer. `answer` computes the upstream's response at this moment. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: RequestEntry;
  readonly answer: () => Answer;
};

/** Sends a whole answer. */
export function send(exchange: Exchange, answer: Answer): void {
  sendHead(exchange, answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  exchange.response.end(answer.body);
}

/** Sends status and headers, and records the status in the request log. */
export function sendHead(exchange: Exchange, status: number, headers: OutgoingHttpHeaders): void {
  exchange.entry.status = status;
  exchange.response.writeHead(status, headers);
}
