import { serveBare } from "../support/bare-server";

/**
 * Bare node:http that responds to every poll with "unchanged", in a separate process, so that its cost can be measured.
 * Viewers should poll again after the next multiple of `cadence`, in turn over `spread` milliseconds.
 */
const [etag = "", cadence = "2000", spread = "1"] = process.argv.slice(2);
let polls = 0;
const { url } = await serveBare((_, response) => {
  polls += 1;
  const untilNext = Number(cadence) - (Date.now() % Number(cadence));
  response.writeHead(304, {
    "cache-control": "private, no-cache",
    etag,
    "rollcall-age": "1234",
    "rollcall-next-poll-in": String(untilNext + (polls % Number(spread))),
  });
  response.end();
});
process.send?.({ url });
process.once("disconnect", () => process.exit());
