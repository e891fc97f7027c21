import "server-only";

import { toNotificationText, type NotificationText } from "@/lib/presentation/notification";
import { shortenText } from "@/lib/presentation/shorten-text";
import { utcText } from "@/lib/presentation/utc-text";
import type { ChannelSettings } from "@/lib/server/config/channels";

import type { Channel, Outgoing } from "../channel";
import type { Post } from "../post";

const [mostDetail, mostFact] = [1_000, 300];

const colors: Record<NotificationText["tone"], "Good" | "Attention" | "Accent"> = {
  good: "Good",
  bad: "Attention",
  neutral: "Accent",
};

/**
 * A workflow of Microsoft Teams that posts what its webhook receives. Source: learn.microsoft.com, “Create incoming
 * webhooks with Workflows for Microsoft Teams”; adaptivecards.io/explorer, version 1.4.
 */
export function openTeams(settings: ChannelSettings & { type: "teams" }, post: Post): Channel {
  const { name, type, url } = settings;
  return {
    ...{ name, type, place: url.host, atOnce: 1, toMessage },
    // Its messages cannot be edited, so it sends beginnings, ends and bad news only.
    wants: (kind) => kind !== "moving_again" && kind !== "acknowledged",
    deliver: async (outgoing) => {
      await post(url, { body: JSON.stringify(toMessage(outgoing)) });
      return null;
    },
  };
}

function toMessage(outgoing: Outgoing) {
  const contentType = "application/vnd.microsoft.card.adaptive";
  return { type: "message", attachments: [{ contentType, contentUrl: null, content: toCard(outgoing) }] };
}

/** Text runs are not parsed for Markdown or mentions, unlike text blocks and facts. */
function toCard({ event, link, muteLink }: Outgoing) {
  const { headline, detail, facts, error, at, tone } = toNotificationText(event);
  const quiet = [
    ...facts.map(({ name, value }) => `${name}: ${shortenText(value, mostFact)}`),
    utcText(at, "minute"),
  ].join("  ·  ");
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.4",
    fallbackText: headline,
    body: [
      toText({ text: headline, weight: "Bolder", color: colors[tone] }),
      ...(detail === null ? [] : [toText({ text: shortenText(detail, mostDetail) })]),
      ...(error === null
        ? []
        : error.split("\n").map((line) => toText({ text: line, fontType: "Monospace" }))),
      toText({ text: quiet, isSubtle: true, size: "Small" }),
    ],
    actions: [
      { type: "Action.OpenUrl", url: link, title: "Open in Rollcall" },
      ...(muteLink === null ? [] : [{ type: "Action.OpenUrl", url: muteLink, title: "Mute" }]),
    ],
  };
}

function toText(run: { text: string } & Record<string, unknown>) {
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", ...run }] };
}
