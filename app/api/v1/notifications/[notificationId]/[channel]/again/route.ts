import { sentAgainSchema } from "@/lib/contract/notifications";
import { nothingSchema, personChangeRoute, type PersonRequest } from "@/lib/server/http/change-route";
import { sendAgain } from "@/lib/server/services/notifications";

/** Sends a notification again that failed or was muted. */
export const POST = personChangeRoute(
  "notifications:manage",
  { body: nothingSchema, answer: sentAgainSchema },
  (ctx, { person, params }: PersonRequest<{ notificationId: string; channel: string }>) =>
    sendAgain(ctx, { person, delivery: params }),
);
