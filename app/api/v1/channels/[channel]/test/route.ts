import { channelTestSchema } from "@/lib/contract/notifications";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { testChannel } from "@/lib/server/services/notifications";

/** Sends a test message to a channel. */
export const POST = personChangeRoute(
  "notifications:manage",
  { body: nothingSchema, answer: channelTestSchema },
  (ctx, { person, params: { channel } }: PersonRequest<{ channel: string }>) =>
    testChannel(ctx, { person, name: channel }),
);
