import "server-only";

import { slackApi, type ChannelSettings } from "./channels";
import type { SettingsMistake, Variables } from "./issues";

/** The channels that the environment describes completely. */
export function toEnvironmentChannels(environment: {
  ROLLCALL_SLACK_WEBHOOK_URL?: URL | undefined;
  ROLLCALL_SLACK_TOKEN?: string | undefined;
  ROLLCALL_SLACK_CHANNEL?: string | undefined;
  ROLLCALL_WEBHOOK_URL?: URL | undefined;
  ROLLCALL_WEBHOOK_SECRET?: string | undefined;
  ROLLCALL_SMTP_URL?: URL | undefined;
  ROLLCALL_MAIL_FROM?: string | undefined;
  ROLLCALL_MAIL_TO?: readonly string[] | undefined;
}): ChannelSettings[] {
  const channels: ChannelSettings[] = [];
  const { ROLLCALL_SLACK_WEBHOOK_URL: slackUrl, ROLLCALL_SLACK_TOKEN: token } = environment;
  const { ROLLCALL_SLACK_CHANNEL: channel, ROLLCALL_WEBHOOK_URL: url } = environment;
  const { ROLLCALL_WEBHOOK_SECRET: secret } = environment;
  if (token !== undefined && channel !== undefined)
    channels.push({ name: "slack", type: "slack", token, channel, apiUrl: new URL(slackApi) });
  else if (slackUrl !== undefined) channels.push({ name: "slack", type: "slack-webhook", url: slackUrl });
  if (url !== undefined && secret !== undefined)
    channels.push({ name: "webhook", type: "webhook", url, secret });
  const { ROLLCALL_SMTP_URL: smtp, ROLLCALL_MAIL_FROM: from, ROLLCALL_MAIL_TO: to } = environment;
  if (smtp !== undefined && from !== undefined && to !== undefined)
    channels.push({ name: "mail", type: "mail", url: smtp, from, to: [...to] });
  return channels;
}

/** Channels of the environment that are set up by half or twice. */
export function findChannelMistakes(given: Variables): SettingsMistake[] {
  const isSet = (name: string): boolean => given[name] !== undefined;
  const groups = [
    ["ROLLCALL_SLACK_TOKEN", "ROLLCALL_SLACK_CHANNEL"],
    ["ROLLCALL_WEBHOOK_URL", "ROLLCALL_WEBHOOK_SECRET"],
    ["ROLLCALL_SMTP_URL", "ROLLCALL_MAIL_FROM", "ROLLCALL_MAIL_TO"],
  ];
  const halves = groups.flatMap((group) => {
    const present = group.find(isSet);
    if (present === undefined) return [];
    const problem = `is not set, but ${present} is. Set ${group.length === 2 ? "both" : "all three"}.`;
    return group.filter((name) => !isSet(name)).map((setting) => ({ setting, problem }));
  });
  const isTwice = isSet("ROLLCALL_SLACK_WEBHOOK_URL") && isSet("ROLLCALL_SLACK_TOKEN");
  const problem =
    "and ROLLCALL_SLACK_TOKEN are both set, so every message would come twice. Keep one of them.";
  return isTwice ? [...halves, { setting: "ROLLCALL_SLACK_WEBHOOK_URL", problem }] : halves;
}
