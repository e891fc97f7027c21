import "server-only";

import type { KnownBlock, RichTextBlock, RichTextElement } from "@slack/types";

import { toNotificationText, type NotificationText } from "@/lib/presentation/notification";
import { shortenText } from "@/lib/presentation/shorten-text";
import { utcText } from "@/lib/presentation/utc-text";

import type { Outgoing } from "../channel";

/** What both ways to Slack send. `text` is what notifications on a phone show. */
export type SlackMessage = { text: string; blocks: (KnownBlock | RichTextBlock)[] };

const emoji: Record<NotificationText["tone"], string> = {
  good: "large_green_circle",
  bad: "red_circle",
  neutral: "large_blue_circle",
};

const [mostHeadline, mostDetail, mostFact] = [300, 1_000, 300];

/**
 * An event as Block Kit. Rich text and plain text are never parsed for markup or mentions, so that text from upstream
 * stays text. Source: docs.slack.dev/reference/block-kit/blocks.
 */
export function toSlackMessage({ event, link, muteLink }: Outgoing): SlackMessage {
  const text = toNotificationText(event);
  const headline = shortenText(text.headline, mostHeadline);
  const facts = text.facts.map(({ name, value }) => `${name}: ${shortenText(value, mostFact)}`);
  const opening: RichTextElement[] = [
    { type: "emoji", name: emoji[text.tone] },
    { type: "text", text: " " },
    { type: "link", url: link, text: headline, style: { bold: true } },
    ...(text.detail === null
      ? []
      : [{ type: "text" as const, text: `\n${shortenText(text.detail, mostDetail)}` }]),
    { type: "text", text: "\n" },
    {
      type: "date",
      timestamp: Math.floor(text.at / 1_000),
      format: "{date_short_pretty} {time}",
      fallback: utcText(text.at, "minute"),
    },
    ...(muteLink === null
      ? []
      : [
          { type: "text" as const, text: "  ·  " },
          { type: "link" as const, url: muteLink, text: "Mute" },
        ]),
  ];
  return {
    text: escape(headline),
    blocks: [
      {
        type: "rich_text",
        elements: [
          { type: "rich_text_section", elements: opening },
          ...(text.error === null
            ? []
            : [
                {
                  type: "rich_text_preformatted" as const,
                  elements: [{ type: "text" as const, text: text.error }],
                },
              ]),
        ],
      },
      ...(facts.length === 0
        ? []
        : [
            {
              type: "context" as const,
              elements: [{ type: "plain_text" as const, text: facts.join("  ·  "), emoji: false }],
            },
          ]),
    ],
  };
}

/** The three characters that have a meaning in the text of a message. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
