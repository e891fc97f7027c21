import "server-only";

import type { Check } from "@/lib/domain/check";
import { createKeyReader } from "@/lib/server/config/management-key";
import { readProcessSettings, type Settings } from "@/lib/server/config/settings";
import type { SettingsMistake } from "@/lib/server/config/issues";
import { basename } from "node:path";

import type { Organization } from "@/lib/server/config/organization";
import { upstreamPlace } from "@/lib/server/config/network";
import { createUpstreamClient } from "@/lib/server/upstream/client";

import { askUpstream } from "./ask-upstream";
import { diagnose } from "./diagnose";
import type { UpstreamFacts } from "./facts";
import { tryDatabase } from "./try-database";

/** Runs every check with the settings of this process. Makes its own requests to Cerebras. */
export async function diagnoseBeforeStart(): Promise<Check[]> {
  const { settings, mistakes } = readProcessSettings();
  const found = settings === null ? mistakes : await findKeyMistakes(settings);
  const facts = { now: Date.now(), mistakes: found, isRunning: false, watcher: { kind: "nowhere" } as const };
  if (settings === null) return diagnose({ ...facts, upstream: null, database: null });
  const database = await tryDatabase(settings);
  if (found.length > 0) return diagnose({ ...facts, upstream: null, database });
  return diagnose({ ...facts, upstream: await askAll(settings), database });
}

async function findKeyMistakes({ organizations, configFile }: Settings): Promise<SettingsMistake[]> {
  const found = await Promise.all(
    organizations.map(async ({ key }, index): Promise<SettingsMistake[]> => {
      const reader = createKeyReader(key);
      try {
        await reader.readKey();
        return [];
      } catch (error) {
        const problem = error instanceof Error ? error.message : "cannot be read.";
        const setting =
          configFile === null
            ? "CEREBRAS_MANAGEMENT_API_KEY_FILE"
            : `${basename(configFile)}: organizations[${index}].keyFile`;
        return [{ setting, problem }];
      } finally {
        reader.close();
      }
    }),
  );
  return found.flat();
}

async function askAll({ organizations, upstreamUrl, proxy }: Settings): Promise<UpstreamFacts[]> {
  const facts: UpstreamFacts[] = [];
  for (const organization of organizations) facts.push(await ask(organization, { upstreamUrl, proxy }));
  return facts;
}

async function ask(
  organization: Organization,
  { upstreamUrl, proxy }: Pick<Settings, "upstreamUrl" | "proxy">,
): Promise<UpstreamFacts> {
  const reader = createKeyReader(organization.key);
  const client = createUpstreamClient({
    baseUrl: upstreamUrl,
    proxy,
    readKey: reader.readKey,
    userAgent: "Rollcall/0.1",
    fields: organization.fields,
  });
  try {
    return await askUpstream(organization, upstreamPlace(upstreamUrl, proxy), client);
  } finally {
    reader.close();
    await client.close();
  }
}
