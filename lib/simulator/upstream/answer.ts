import { STATUS_CODES } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";

/** A whole answer, ready to be sent or changed by a fault. */
export type Answer = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
};

/** A JSON answer as the upstream gives it. */
export function json(value: unknown, status = 200, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** An error in the upstream's (FastAPI's) shape: `{"detail": …}`. */
export function problem(status: number, detail: unknown = STATUS_CODES[status]): Answer {
  return json({ detail }, status);
}
