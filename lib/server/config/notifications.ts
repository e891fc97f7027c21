import "server-only";

import * as z from "zod";

import { minute, type Duration } from "@/lib/domain/instant";
import { eventKinds } from "@/lib/domain/notable-event";
import { parseTimeOfDay, usualBlindAfter, type NotificationRule } from "@/lib/domain/notification-rule";

import { channelSchema, type ChannelSettings } from "./channels";
import type { SettingsMistake } from "./issues";
import { identifier } from "./organization";

export type NotificationSettings = {
  channels: readonly ChannelSettings[];
  rules: readonly NotificationRule[];
  /** How long Rollcall cannot see endpoints before it says so. */
  blindAfter: Duration;
};

const required = (issue: { input: unknown }, kind: string) =>
  issue.input === undefined ? "is missing." : `must be ${kind}.`;
const text = (kind: string) => z.string({ error: (issue) => required(issue, kind) });

const timeOfDay = text("a time of day such as 22:00").transform((time, context) => {
  const minutes = parseTimeOfDay(time);
  if (minutes !== null) return minutes;
  context.issues.push({ code: "custom", input: time, message: "must be a time of day such as 22:00." });
  return z.NEVER;
});

const timeZone = text("a time zone").refine(
  (zone) => isTimeZone(zone),
  "must be a time zone such as Europe/Berlin or UTC.",
);

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const list = <T extends z.ZodType>(item: T, kind: string) =>
  z.array(item, { error: (issue) => required(issue, kind) }).default([]);

const pattern = text("an endpoint id").regex(
  /^[A-Za-z0-9._*-]{1,128}$/,
  "must be an endpoint id. In it, * stands for any characters.",
);

const rule = z.strictObject({
  channel: text("the name of a channel"),
  endpoints: list(pattern, "a list of endpoint ids or patterns"),
  organizations: list(text("the name of an organization").pipe(identifier), "a list of organizations"),
  architectures: list(text("the name of an architecture"), "a list of architectures"),
  events: z
    .array(
      z.enum(eventKinds, { error: `must be one of: ${eventKinds.join(", ")}.` }),
      "must be a list of events.",
    )
    .min(1, "holds none. List events, or leave it out for all of them.")
    .default([...eventKinds]),
  quiet: z
    .strictObject({ from: timeOfDay, until: timeOfDay, timeZone }, "must have from, until and timeZone.")
    .nullable()
    .default(null),
});

const channelName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, "must be a name of letters, digits, dashes and underscores.");

/** The part `notifications` of the settings file. */
export const notificationsSchema = z
  .strictObject({
    channels: z.record(channelName, channelSchema, "must be channels by name.").default({}),
    rules: z.array(rule, "must be a list of rules.").optional(),
    blindAfterMinutes: z
      .int("must be a whole number of minutes.")
      .min(1, "must be at least 1.")
      .max(1_440, "must be at most 1440.")
      .default(usualBlindAfter / minute),
  })
  .transform(({ channels, rules = null, blindAfterMinutes }): FileNotifications => ({
    channels: Object.entries(channels).map(([name, channel]) => ({ name, ...channel })),
    rules,
    blindAfter: blindAfterMinutes * minute,
  }));

/** Without rules, every event goes to every channel. */
export type FileNotifications = {
  channels: readonly ChannelSettings[];
  rules: readonly NotificationRule[] | null;
  blindAfter: Duration;
};

/** Joins the channels of the environment with those of the settings file. A channel without a rule gets every event. */
export function joinNotifications(
  fromEnvironment: readonly ChannelSettings[],
  file: FileNotifications | null,
): NotificationSettings {
  const ofFile = file?.channels ?? [];
  const rules = file?.rules ?? null;
  const ruled = new Set(rules?.map(({ channel }) => channel));
  const withEverything = [...fromEnvironment, ...(rules === null ? ofFile : [])];
  return {
    channels: [...fromEnvironment, ...ofFile],
    rules: [
      ...(rules ?? []),
      ...withEverything.filter(({ name }) => !ruled.has(name)).map(({ name }) => toEverything(name)),
    ],
    blindAfter: file?.blindAfter ?? usualBlindAfter,
  };
}

function toEverything(channel: string): NotificationRule {
  return { channel, endpoints: [], organizations: [], architectures: [], events: eventKinds, quiet: null };
}

/** Rules for channels that do not exist, and channels whose name the environment's have already. */
export function findRuleMistakes(
  fromEnvironment: readonly ChannelSettings[],
  file: FileNotifications | null,
  fileName: string,
): SettingsMistake[] {
  if (file === null) return [];
  const known = new Set([...fromEnvironment, ...file.channels].map(({ name }) => name));
  const names = known.size === 0 ? "none" : [...known].join(", ");
  const unknown = (file.rules ?? []).flatMap(({ channel }, index) =>
    known.has(channel)
      ? []
      : [
          {
            setting: `${fileName}: notifications.rules[${index}].channel`,
            problem: `is “${channel}”, which is no channel. Channels: ${names}.`,
          },
        ],
  );
  const doubled = file.channels
    .filter(({ name }) => fromEnvironment.some((channel) => channel.name === name))
    .map(({ name }) => ({
      setting: `${fileName}: notifications.channels.${name}`,
      problem: "has the name of the channel that the environment sets up. Give it another name.",
    }));
  return [...unknown, ...doubled];
}
