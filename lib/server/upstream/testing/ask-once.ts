import { createUpstreamClient } from "../client";

/** Run as a program of its own, for what Node reads at its start alone: `ask-once.ts UPSTREAM PROXY KEY`. */
const [upstream = "", proxy = "", key = ""] = process.argv.slice(2);
const client = createUpstreamClient({
  baseUrl: new URL(upstream),
  proxy: { address: new URL(proxy), bypass: [] },
  readKey: () => Promise.resolve(key),
  userAgent: "Rollcall/test",
});
const { report } = await client.listEndpoints("acme");
process.stdout.write(`${report.length} endpoints\n`);
await client.close();
