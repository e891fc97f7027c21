import type { Exchange } from "../upstream/exchange";
import { sendHead } from "../upstream/exchange";

/** Ends the connection with a TCP reset and sends no response. */
export function reset({ request }: Exchange): void {
  request.socket.resetAndDestroy();
}

/** Declares the whole length, sends half of the body, and closes. */
export function truncated(exchange: Exchange): void {
  const answer = exchange.answer();
  const body = Buffer.from(answer.body);
  sendHead(exchange, answer.status, { ...answer.headers, "content-length": body.length });
  exchange.response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
    exchange.request.socket.destroy(),
  );
}

/** Answers with a first line that is not HTTP. */
export function malformed({ request }: Exchange): void {
  request.socket.end("HTTP/1.1 two-hundred Fine\r\ncontent-type: application/json\r\n\r\n{}");
}
