import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** Reads a request's body as UTF-8 text; a client that leaves in the middle has sent nothing. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return text(request).catch(() => "");
}
