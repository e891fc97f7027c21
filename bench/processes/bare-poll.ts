import { serveBare } from "../support/bare-server";

/** Bare node:http that responds to every poll with "unchanged", in a separate process, so that its cost can be measured. */
const [etag = ""] = process.argv.slice(2);
const { url } = await serveBare((_, response) => {
  response.writeHead(304, {
    "cache-control": "private, no-cache",
    etag,
    "rollcall-age": "1234",
    "rollcall-next-poll-in": "2000",
  });
  response.end();
});
process.send?.({ url });
process.once("disconnect", () => process.exit());
