import "server-only";

import { isDeepStrictEqual } from "node:util";

import { createKeyReader } from "@/lib/server/config/management-key";
import type { Organization } from "@/lib/server/config/organization";
import type { OutboundProxy } from "@/lib/server/config/network";
import type { Log } from "@/lib/server/log";
import type { UpstreamCall } from "@/lib/server/metrics/count-upstream";
import { organizationName } from "@/lib/server/state/endpoint-registry";
import { createMetricsClient, type MetricsClient } from "@/lib/server/upstream/metrics-client";
import { createUpstreamClient, type UpstreamClient } from "@/lib/server/upstream/client";

/** An organization with its upstream client, which has its own key and request budget. */
export type OrganizationMonitor = {
  organization: Organization;
  client: UpstreamClient;
  /** The Metrics API, with its own key; null: it is never asked. */
  metrics: MetricsClient | null;
  /** Every key that is or was in use. */
  secrets: () => readonly string[];
  close: () => Promise<void>;
};

export type OrganizationMonitors = ReturnType<typeof createOrganizationMonitors>;

/** How Rollcall names itself to what it asks. */
export const userAgent = "Rollcall/0.1";

/** The monitored organizations. `onNewKey` is called when a key file contains another key. */
export function createOrganizationMonitors(parts: {
  upstreamUrl: URL;
  metricsUrl: URL;
  proxy: OutboundProxy | null;
  log: () => Log;
  onNewKey: () => void;
  /** Called after every request to Cerebras, with the name of the organization. */
  onCall?: (organization: string, call: UpstreamCall) => void;
}) {
  const { upstreamUrl, metricsUrl, proxy, log, onNewKey, onCall } = parts;
  let all: readonly OrganizationMonitor[] = [];
  /** Replies under way may still contain a key of a former organization, so its keys stay redacted. */
  const formerSecrets = new Set<string>();

  function open(organization: Organization): OrganizationMonitor {
    const keyReader = createKeyReader(organization.key);
    const client = createUpstreamClient({
      baseUrl: upstreamUrl,
      proxy,
      readKey: keyReader.readKey,
      userAgent,
      onCall: (call) => onCall?.(organizationName(organization), call),
      fields: organization.fields,
    });
    followKey(keyReader, organization, { keyName: "management key", clearHolds: client.clearHolds });
    const metrics = openMetrics(organization);
    const secrets = () => [...keyReader.secrets(), ...(metrics?.keyReader.secrets() ?? [])];
    return {
      organization,
      client,
      metrics: metrics?.client ?? null,
      secrets,
      close: async () => {
        for (const secret of secrets()) formerSecrets.add(secret);
        keyReader.close();
        metrics?.keyReader.close();
        await Promise.all([client.close(), metrics?.client.close()]);
      },
    };
  }

  function openMetrics(organization: Organization) {
    if (organization.metrics === undefined) return null;
    const { organizationId, key } = organization.metrics;
    const keyReader = createKeyReader(key);
    const { readKey } = keyReader;
    const client = createMetricsClient({ baseUrl: metricsUrl, organizationId, proxy, readKey, userAgent });
    followKey(keyReader, organization, { keyName: "inference key", clearHolds: client.clearHolds });
    return { client, keyReader };
  }

  function followKey(
    keyReader: ReturnType<typeof createKeyReader>,
    { org }: Organization,
    { keyName, clearHolds }: { keyName: string; clearHolds: () => void },
  ): void {
    keyReader.onChange(() => {
      log().info({ org }, `${keyName} replaced`);
      clearHolds();
      onNewKey();
    });
    keyReader.onProblem((problem) => {
      if (problem === null) log().info({ org }, `${keyName} file readable again`);
      else log().error({ org, problem }, `${keyName} file unusable, the last good key stays in use`);
    });
  }

  return {
    all: (): readonly OrganizationMonitor[] => all,
    /** Every key that is or was in use. */
    secrets: (): readonly string[] => [...formerSecrets, ...all.flatMap(({ secrets }) => secrets())],
    /** Replaces the organizations. Unchanged ones keep their object. Returns the monitors to close. */
    replace: (organizations: readonly Organization[]): readonly OrganizationMonitor[] => {
      const former = all;
      all = organizations.map(
        (organization) =>
          former.find((monitor) => isDeepStrictEqual(monitor.organization, organization)) ??
          open(organization),
      );
      return former.filter((monitor) => !all.includes(monitor));
    },
    /** Reads every key; rejects with a message if one cannot be used. */
    readKeys: async (): Promise<void> => {
      for (const { client } of all) await client.readKey();
    },
  };
}
