import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChanged, toWait } from "@/lib/server/http/change-route";
import { beginPairing } from "@/lib/server/services/pair-screen";

/** A code for a screen to show until somebody who is signed in approves it. */
export const POST = changeRoute("public:enter", nothingSchema, async ({ headers }) => {
  const begun = await beginPairing(headers);
  if ("kind" in begun) return toWait(begun.until, "Too many screens asked for a code from your network.");
  return toChanged(begun.view, begun.cookies);
});
