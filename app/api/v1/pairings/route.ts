import { pairingSchema } from "@/lib/contract/screen";
import { changeRoute, nothingSchema, WithCookies } from "@/lib/server/http/change-route";
import { beginPairing } from "@/lib/server/services/pairings";

/** A code for a screen to show until a signed-in person approves it. */
export const POST = changeRoute(
  "public:enter",
  { body: nothingSchema, answer: pairingSchema },
  async (ctx, { headers }) => {
    const { view, cookies } = await beginPairing(ctx, headers);
    return new WithCookies(view, cookies);
  },
);
