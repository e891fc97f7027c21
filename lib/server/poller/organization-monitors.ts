import "server-only";

import { isDeepStrictEqual } from "node:util";

import { createKeyReader } from "@/lib/server/config/management-key";
import type { Organization } from "@/lib/server/config/organization";
import type { OutboundProxy } from "@/lib/server/config/network";
import type { Log } from "@/lib/server/log";
import { createUpstreamClient, type UpstreamClient } from "@/lib/server/upstream/client";

/** An organization with its upstream client, which has its own key and request budget. */
export type OrganizationMonitor = {
  organization: Organization;
  client: UpstreamClient;
  /** Every key that is or was in use. */
  secrets: () => readonly string[];
  close: () => Promise<void>;
};

export type OrganizationMonitors = ReturnType<typeof createOrganizationMonitors>;

/** The monitored organizations. `onNewKey` is called when a key file contains another key. */
export function createOrganizationMonitors(parts: {
  upstreamUrl: URL;
  proxy: OutboundProxy | null;
  log: () => Log;
  onNewKey: () => void;
}) {
  const { upstreamUrl, proxy, log, onNewKey } = parts;
  let all: readonly OrganizationMonitor[] = [];
  /** Replies under way may still contain a key of a former organization, so its keys stay redacted. */
  const formerSecrets = new Set<string>();

  function open(organization: Organization): OrganizationMonitor {
    const keyReader = createKeyReader(organization.key);
    const client = createUpstreamClient({
      baseUrl: upstreamUrl,
      proxy,
      readKey: keyReader.readKey,
      userAgent: "Rollcall/0.1",
      fields: organization.fields,
    });
    const { org } = organization;
    keyReader.onChange(() => {
      log().info({ org }, "management key replaced");
      client.clearHolds();
      onNewKey();
    });
    keyReader.onProblem((problem) => {
      if (problem === null) log().info({ org }, "management key file readable again");
      else log().error({ org, problem }, "management key file unusable, the last good key stays in use");
    });
    return {
      organization,
      client,
      secrets: keyReader.secrets,
      close: async () => {
        for (const secret of keyReader.secrets()) formerSecrets.add(secret);
        keyReader.close();
        await client.close();
      },
    };
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
