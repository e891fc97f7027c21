import { onTestFinished } from "vitest";

import type { ChannelSettings } from "@/lib/server/config/channels";
import type { OutboundProxy } from "@/lib/server/config/network";
import { newDatabasePath, openTestStore } from "@/lib/server/db/testing/history-file";
import type { Entry } from "@/lib/server/db/recording";
import { createLog } from "@/lib/server/log";

import { createSender } from "../sender";

/** A store and a sender of these channels, as the leader has them. */
export async function startSending(channels: readonly ChannelSettings[], proxy: OutboundProxy | null = null) {
  const store = await openTestStore(newDatabasePath());
  const lines: string[] = [];
  const attempts: string[] = [];
  const log = createLog(
    () => [],
    (line) => lines.push(line),
  );
  const sender = createSender({
    ...{ channels, proxy, publicUrl: new URL("https://rollcall.example.com"), log },
    ...{ deliveries: store.deliveries, fencingToken: null, now: () => Date.now() },
    onLostLeadership: () => undefined,
    firstBackOff: 5,
    onAttempt: (channel, outcome) => attempts.push(`${channel} ${outcome}`),
  });
  sender.start();
  onTestFinished(sender.stop);
  const write = async (entries: readonly Entry[]): Promise<void> => {
    await store.write(entries);
    sender.wake();
  };
  const states = async () =>
    (await store.deliveries.list({ limit: 500 })).map(({ channel, state }) => `${channel} ${state}`);
  return { ...store, sender, lines, attempts, write, states };
}
