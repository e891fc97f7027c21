import { createUpstreamClient } from "../client";

/** Runs as a separate program, because Node reads some settings only at its start: `ask-once.ts UPSTREAM PROXY KEY`. */
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
