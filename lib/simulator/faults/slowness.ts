import { STATUS_CODES } from "node:http";
import type { Exchange } from "../upstream/exchange";
import { send, sendHead } from "../upstream/exchange";
import type { FaultOf } from "./fault";

/** Never answers; the connection stays open until the client leaves. */
export function hang(): void {}

/** Answers normally after a delay, with the state of that later moment. */
export function slow(fault: FaultOf<"slow">, exchange: Exchange): void {
  const timer = setTimeout(() => send(exchange, exchange.answer()), fault.delayMs);
  exchange.response.once("close", () => clearTimeout(timer));
}

/** Sends the headers at once and the body a byte at a time. */
export function dribble(fault: FaultOf<"dribble">, exchange: Exchange): void {
  const { response } = exchange;
  const answer = exchange.answer();
  const body = Buffer.from(answer.body);
  sendHead(exchange, answer.status, { ...answer.headers, "content-length": body.length });
  response.flushHeaders();
  byteByByte(
    exchange,
    body,
    fault.intervalMs,
    (byte) => response.write(byte),
    () => response.end(),
  );
}

/** Sends even the headers a byte at a time. */
export function slowHeaders(fault: FaultOf<"slow-headers">, exchange: Exchange): void {
  const { socket } = exchange.request;
  const { status, headers, body } = exchange.answer();
  exchange.entry.status = status;
  // Written past node's response object, which can only send headers whole.
  const all = { ...headers, "content-length": Buffer.byteLength(body), connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const bytes = Buffer.from(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`,
  );
  byteByByte(
    exchange,
    bytes,
    fault.intervalMs,
    (byte) => socket.write(byte),
    () => socket.end(),
  );
}

function byteByByte(
  { response }: Exchange,
  bytes: Buffer,
  intervalMs: number,
  write: (byte: Buffer) => void,
  end: () => void,
): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes.length) write(bytes.subarray(sent, sent + 1));
    else {
      clearInterval(timer);
      end();
    }
    sent += 1;
  }, intervalMs);
  response.once("close", () => clearInterval(timer));
}
