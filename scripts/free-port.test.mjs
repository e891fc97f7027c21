import { createServer } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { freePort } from "./lib/free-port.mjs";

test.each(["127.0.0.1", "0.0.0.0"])("a port that is in use on %s is skipped", async (host) => {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address();
  expect(await freePort(port)).toBeGreaterThan(port);
  server.close();
});
