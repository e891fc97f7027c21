import "server-only";

import type { ServerResponse } from "node:http";

/**
 * Gives an answer that says nothing else `nosniff` and `no-store`: Next's own redirects and errors carry neither.
 * A 304 repeats what was said with the answer that it confirms, so it stays short.
 */
export function addBaselineHeaders(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = (statusCode: number, ...rest: unknown[]): ServerResponse => {
    if (statusCode !== 304) {
      if (!response.hasHeader("x-content-type-options"))
        response.setHeader("x-content-type-options", "nosniff");
      if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "no-store");
    }
    Reflect.apply(writeHead, response, [statusCode, ...rest]);
    return response;
  };
}
