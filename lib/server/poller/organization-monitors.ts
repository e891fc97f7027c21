import "server-only";

import { isDeepStrictEqual } from "node:util";

import { createKeyReader } from "@/lib/server/config/management-key";
import type { Organization } from "@/lib/server/config/organization";
import type { OutboundProxy } from "@/lib/server/config/network";
import type { Log } from "@/lib/server/log";
import { createUpstreamClient, type UpstreamClient } from "@/lib/server/upstream/client";

/** An organization with the door to what Cerebras says of it, which has a key and a budget of its own. */
export type OrganizationMonitor = {
  organization: Organization;
  client: UpstreamClient;
  /** Every key that was in use. */
  secrets: () => readonly string[];
  close: () => Promise<void>;
};

export type OrganizationMonitors = ReturnType<typeof createOrganizationMonitors>;

/** The organizations that are watched. `onNewKey` is called when a key file holds another key. */
export function createOrganizationMonitors(parts: {
  upstreamUrl: URL;
  proxy: OutboundProxy | null;
  log: () => Log;
  onNewKey: () => void;
}) {
  const { upstreamUrl, proxy, log, onNewKey } = parts;
  let all: readonly OrganizationMonitor[] = [];
  /** Replies under way may yet hold a key of what is not watched any more. */
  const formerSecrets = new Set<string>();

  function open(organization: Organization): OrganizationMonitor {
    const keyReader = createKeyReader(organization.key);
    const client = createUpstreamClient({
      baseUrl: upstreamUrl,
      proxy,
      readKey: keyReader.readKey,
      userAgent: "Rollcall/0.1",
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
    /** Watches these from now on; what did not change stays the very same. Answers with what is to be closed. */
    replace: (organizations: readonly Organization[]): readonly OrganizationMonitor[] => {
      const former = all;
      all = organizations.map(
        (organization) =>
          former.find((monitor) => isDeepStrictEqual(monitor.organization, organization)) ??
          open(organization),
      );
      return former.filter((monitor) => !all.includes(monitor));
    },
    /** Reads every key; rejects with words where one cannot be used. */
    readKeys: async (): Promise<void> => {
      for (const { client } of all) await client.readKey();
    },
  };
}
