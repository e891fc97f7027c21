import "server-only";

import type { Check } from "@/lib/domain/check";
import { createKeyReader } from "@/lib/server/config/management-key";
import { readProcessSettings, type Settings } from "@/lib/server/config/settings";
import type { SettingsMistake } from "@/lib/server/config/issues";
import { basename } from "node:path";

import type { Organization } from "@/lib/server/config/organization";
import { upstreamPlace } from "@/lib/server/config/network";
import { userAgent } from "@/lib/server/poller/organization-monitors";
import { createMetricsClient, type MetricsClient } from "@/lib/server/upstream/metrics-client";
import { createStatusPageClient } from "@/lib/server/upstream/status-page-client";
import { createUpstreamClient } from "@/lib/server/upstream/client";

import { asked, askUpstream } from "./ask-upstream";
import { diagnose } from "./diagnose";
import type { DoctorFacts, UpstreamFacts } from "./facts";
import { tryDatabase } from "./try-database";

/** Runs every check with the settings of this process. Makes its own requests to Cerebras. */
export async function diagnoseBeforeStart(): Promise<Check[]> {
  const { settings, mistakes } = readProcessSettings();
  const found = settings === null ? mistakes : await findKeyMistakes(settings);
  const facts = {
    ...{ now: Date.now(), mistakes: found, isRunning: false, statusPage: null },
    watcher: { kind: "nowhere" } as const,
  };
  if (settings === null) return diagnose({ ...facts, upstream: null, database: null });
  const database = await tryDatabase(settings);
  if (found.length > 0) return diagnose({ ...facts, upstream: null, database });
  const statusPage = await askStatusPage(settings);
  return diagnose({ ...facts, upstream: await askAll(settings), database, statusPage });
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

async function askAll({ organizations, ...addresses }: Settings): Promise<UpstreamFacts[]> {
  const facts: UpstreamFacts[] = [];
  for (const organization of organizations) facts.push(await ask(organization, addresses));
  return facts;
}

async function ask(
  organization: Organization,
  { upstreamUrl, metricsUrl, proxy }: Pick<Settings, "upstreamUrl" | "metricsUrl" | "proxy">,
): Promise<UpstreamFacts> {
  const reader = createKeyReader(organization.key);
  const client = createUpstreamClient({
    baseUrl: upstreamUrl,
    proxy,
    readKey: reader.readKey,
    userAgent,
    fields: organization.fields,
  });
  const metrics = openMetrics(organization, { baseUrl: metricsUrl, proxy });
  try {
    return await askUpstream(organization, upstreamPlace(upstreamUrl, proxy), client, metrics?.client);
  } finally {
    reader.close();
    metrics?.reader.close();
    await Promise.all([client.close(), metrics?.client.close()]);
  }
}

async function askStatusPage({ statusPage, proxy }: Settings): Promise<DoctorFacts["statusPage"]> {
  if (statusPage === null) return null;
  const client = createStatusPageClient({ baseUrl: statusPage, userAgent, proxy });
  try {
    const { answer, cause } = await asked(client.readIncidents());
    return { answer: answer?.length ?? null, cause };
  } finally {
    await client.close();
  }
}

function openMetrics(
  { metrics }: Organization,
  address: { baseUrl: URL; proxy: Settings["proxy"] },
): { client: MetricsClient; reader: ReturnType<typeof createKeyReader> } | null {
  if (metrics === undefined) return null;
  const { organizationId, key } = metrics;
  const reader = createKeyReader(key);
  const { readKey } = reader;
  return { client: createMetricsClient({ ...address, organizationId, readKey, userAgent }), reader };
}
