import { nothingSchema } from "@/lib/contract/nothing";
import { changeRoute, toChanged, toWait } from "@/lib/server/http/change-route";
import { beginPairing } from "@/lib/server/services/screens";

/** A code for a screen to show until somebody who is signed in approves it. */
export const POST = changeRoute("public:enter", nothingSchema, async () => {
  const begun = await beginPairing();
  if ("kind" in begun) return toWait(begun.until, "Too many screens are waiting.");
  return toChanged(begun.view, [begun.cookie]);
});
