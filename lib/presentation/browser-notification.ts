import type { NotableEvent } from "@/lib/domain/notable-event";

import { toNotificationText } from "./notification";
import { shortenText } from "./shorten-text";

/** Whether this browser lets a page show notifications, and if not, why. */
export type NotificationAbility = "allowed" | "unasked" | "denied" | "insecure" | "unsupported";

/** Why the browser shows no notifications although they are on, and what the viewer can do; null while it does. */
export function abilityProblem(ability: NotificationAbility): string | null {
  switch (ability) {
    case "allowed":
      return null;
    case "unasked":
      return "The browser has not allowed notifications yet. Turn them on again, and choose Allow when it asks.";
    case "denied":
      return "The browser blocks notifications of Rollcall. Allow them in its settings for this site, beside the address, and turn them on again.";
    case "insecure":
      return "Browsers allow notifications on https pages only. Open Rollcall at its https address.";
    case "unsupported":
      return "This browser can’t show notifications of a page. Use a browser on a computer.";
  }
}

const mostBody = 400;

/** An event as a notification of the browser, as plain text. */
export function toBrowserNotification(event: NotableEvent): { title: string; body: string } {
  const { headline, detail, facts, error } = toNotificationText(event);
  const quiet = facts.map(({ name, value }) => `${name}: ${value}`).join(" · ");
  const [firstLine = ""] = error?.split("\n") ?? [];
  const lines = [detail, firstLine, quiet].filter((line) => line !== null && line !== "");
  return { title: headline, body: shortenText(lines.join("\n"), mostBody) };
}
