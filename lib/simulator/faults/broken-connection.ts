import type { Exchange } from "../upstream/exchange";
import { sendHead } from "../upstream/exchange";

/** Tears the connection down with a TCP reset, nothing answered. */
export function reset({ request }: Exchange): void {
  request.socket.resetAndDestroy();
}

/** Declares the whole length, sends half of the body, and hangs up. */
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
