import "server-only";

import type { Check } from "@/lib/domain/check";
import { createKeyReader } from "@/lib/server/config/management-key";
import { readProcessSettings } from "@/lib/server/config/process-settings";
import type { SettingsMistake } from "@/lib/server/config/mistake";
import type { Settings } from "@/lib/server/config/settings";
import { createUpstreamClient } from "@/lib/server/upstream/client";

import { askUpstream } from "./ask-upstream";
import { examine } from "./examine";
import { tryDatabase } from "./try-database";

/** The doctor's lines about the settings of this process, with questions of its own to Cerebras. */
export async function examineBeforeStart(): Promise<Check[]> {
  const { settings, mistakes } = readProcessSettings();
  const found = settings === null ? mistakes : await findKeyMistake(settings);
  const facts = { now: Date.now(), mistakes: found, watcher: { kind: "nowhere" } as const };
  if (settings === null) return examine({ ...facts, upstream: null, database: null });
  const database = await tryDatabase(settings);
  if (found.length > 0) return examine({ ...facts, upstream: null, database });
  return examine({ ...facts, upstream: await ask(settings), database });
}

async function findKeyMistake({ key }: Settings): Promise<SettingsMistake[]> {
  const reader = createKeyReader(key);
  try {
    await reader.readKey();
    return [];
  } catch (error) {
    const problem = error instanceof Error ? error.message : "cannot be read.";
    return [{ setting: "CEREBRAS_MANAGEMENT_API_KEY_FILE", problem }];
  } finally {
    reader.close();
  }
}

async function ask(settings: Settings) {
  const reader = createKeyReader(settings.key);
  const client = createUpstreamClient({
    baseUrl: settings.upstreamUrl,
    readKey: reader.readKey,
    userAgent: "Rollcall/0.1",
  });
  try {
    return await askUpstream(settings, client);
  } finally {
    reader.close();
    await client.close();
  }
}
