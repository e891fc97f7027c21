import "server-only";

import * as z from "zod";

import { readSmallFile } from "./files";
import { mailAddress, smtpAddress, smtpSecrets } from "./mail";
import { isLoopbackHost } from "./network";

/** A channel and where it leads. Addresses of webhooks and tokens are secrets. */
export type ChannelSettings = { name: string } & z.infer<typeof channelSchema>;

const required = (issue: { input: unknown }, kind: string) =>
  issue.input === undefined ? "is missing." : `must be ${kind}.`;
const text = (kind: string) => z.string({ error: (issue) => required(issue, kind) });

/** An address that messages are sent to: https, or http to this machine. The messages never quote it. */
export const channelAddress = text("a web address")
  .refine((url) => URL.canParse(url), "must be a web address such as https://hooks.example.com/….")
  .transform((url) => new URL(url))
  .refine(({ protocol }) => protocol === "https:" || protocol === "http:", "must begin with https://.")
  .refine(
    ({ protocol, hostname }) => protocol !== "http:" || isLoopbackHost(hostname),
    "is plain http to another machine, which would send messages unencrypted. Use https.",
  )
  .refine(
    ({ username, password }) => username === "" && password === "",
    "must not contain a user name or password.",
  );

/** A secret as Standard Webhooks describe it: `whsec_` and 24 to 64 bytes in base64. */
export const webhookSecret = text("a secret")
  .refine(
    (secret) => /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret),
    "must begin with whsec_, followed by base64. Create one with: echo whsec_$(openssl rand -base64 32)",
  )
  .refine((secret) => {
    const bytes = Buffer.from(secret.slice("whsec_".length), "base64").length;
    return bytes >= 24 && bytes <= 64;
  }, "must hold from 24 to 64 bytes. Create one with: echo whsec_$(openssl rand -base64 32)");

export const slackToken = text("a bot token").regex(
  /^xox[a-z]-[\x21-\x7e]+$/,
  "must be a bot token of Slack, which begins with xoxb-.",
);

export const slackChannel = text("the id of a Slack channel").regex(
  /^[A-Z0-9]{2,}$/,
  "must be the id of a channel, such as C0123456789. Slack shows it at the end of the channel’s details.",
);

export const slackApi = "https://slack.com/api/";

const pagerDutyKey = text("an integration key").regex(
  /^[A-Za-z0-9]{32}$/,
  "must be the integration key of a PagerDuty service, which has 32 characters.",
);
const pagerDuty = {
  key: pagerDutyKey,
  apiUrl: channelAddress.default(new URL("https://events.pagerduty.com")),
};

const grafanaToken = text("a token").regex(
  /^[\x21-\x7e]{8,}$/,
  "must be the token of a Grafana service account.",
);

/** The settings of each type of channel. Another type is one more line here, and one file in lib/server/notify. */
const channelTypes = [
  z.strictObject({
    type: z.literal("slack"),
    token: slackToken,
    channel: slackChannel,
    apiUrl: channelAddress.default(new URL(slackApi)),
  }),
  z.strictObject({ type: z.literal("slack-webhook"), url: channelAddress }),
  z.strictObject({ type: z.literal("webhook"), url: channelAddress, secret: webhookSecret }),
  z.strictObject({ type: z.literal("teams"), url: channelAddress }),
  z.strictObject({
    type: z.literal("mail"),
    url: smtpAddress,
    from: mailAddress,
    to: z
      .array(mailAddress, { error: (issue) => required(issue, "a list of mail addresses") })
      .min(1, "holds none. Add a mail address."),
  }),
  z.strictObject({ type: z.literal("pagerduty"), ...pagerDuty }),
  z.strictObject({ type: z.literal("pagerduty-changes"), ...pagerDuty }),
  z.strictObject({ type: z.literal("grafana"), url: channelAddress, token: grafanaToken }),
] as const;

const typeNames = channelTypes.map(({ shape }) => shape.type.value).join(", ");

export const channelSchema = z.discriminatedUnion("type", channelTypes, {
  error: `must have a type, one of: ${typeNames}.`,
});

/** Values that must never appear in a log or an error. */
export function channelSecrets(channels: readonly ChannelSettings[]): string[] {
  return channels.flatMap((channel) => {
    switch (channel.type) {
      case "slack":
      case "grafana":
        return [channel.token];
      case "slack-webhook":
      case "teams":
        return pathSecrets(channel.url);
      case "mail":
        return smtpSecrets(channel.url);
      case "pagerduty":
      case "pagerduty-changes":
        return [channel.key];
      case "webhook":
        return [...pathSecrets(channel.url), channel.secret, channel.secret.slice("whsec_".length)];
    }
  });
}

/** The path and the query of a webhook's address are what gives the right to send to it. */
function pathSecrets({ href, pathname, search }: URL): string[] {
  return pathname.length + search.length < 8 ? [] : [href, `${pathname}${search}`];
}

const mostSecretBytes = 4_096;

/**
 * Replaces `tokenFile`, `urlFile`, `secretFile` and `keyFile` of channels in the parsed settings file by the content of these files.
 * Files that cannot be read stay, each with its problem.
 */
export function readChannelFiles(
  settings: unknown,
  toPath: (file: string) => string,
): { value: unknown; problems: { path: string; problem: string }[] } {
  const problems: { path: string; problem: string }[] = [];
  const notifications = isRecord(settings) ? settings["notifications"] : undefined;
  const channels = isRecord(notifications) ? notifications["channels"] : undefined;
  if (!isRecord(settings) || !isRecord(notifications) || !isRecord(channels))
    return { value: settings, problems };
  const read = ([name, channel]: [string, unknown]): [string, unknown] => {
    if (!isRecord(channel)) return [name, channel];
    const filled = { ...channel };
    for (const setting of ["token", "url", "secret", "key"] as const) {
      const file = channel[`${setting}File`];
      if (typeof file !== "string" || channel[setting] !== undefined) continue;
      const { text: content, problem } = readSmallFile(toPath(file), mostSecretBytes);
      Reflect.deleteProperty(filled, `${setting}File`);
      if (content === null)
        problems.push({
          path: `notifications.channels.${name}.${setting}File`,
          problem: `names a file that ${problem}: ${file}`,
        });
      else filled[setting] = content.replace(/\r?\n$/, "");
    }
    return [name, filled];
  };
  const filled = Object.fromEntries(Object.entries(channels).map(read));
  return { value: { ...settings, notifications: { ...notifications, channels: filled } }, problems };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
