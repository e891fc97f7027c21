import { screenRequestSchema } from "@/lib/contract/screen";
import { personRoute, toWait } from "@/lib/server/http/change-route";
import { pairForm } from "@/lib/server/http/forms";
import { readForPerson } from "@/lib/server/http/get-route";
import { toProblemResponse } from "@/lib/server/http/problem";
import { approveScreen, readScreens } from "@/lib/server/services/screens";

/** The screens that one approved; an administrator's list has all. */
export const GET = readForPerson("screen:list", readScreens);

/** Approves the screen that shows a code. */
export const POST = personRoute(
  "screen:pair",
  screenRequestSchema,
  async (person, { body }) => {
    const approved = await approveScreen(person, body);
    if (approved === null) return toProblemResponse(404, "No screen shows this code, or not any more.");
    return "kind" in approved ? toWait(approved.until, "Too many codes were tried.") : approved;
  },
  pairForm,
);
