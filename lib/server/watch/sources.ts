import "server-only";

import { isDeepStrictEqual } from "node:util";

import { createKeyReader } from "@/lib/server/config/management-key";
import type { Organization } from "@/lib/server/config/organization";
import type { OutboundProxy } from "@/lib/server/config/outbound-proxy";
import type { Log } from "@/lib/server/log";
import { createUpstreamClient, type UpstreamClient } from "@/lib/server/upstream/client";

/** An organisation with the door to what Cerebras says of it, which has a key and a budget of its own. */
export type Source = {
  organization: Organization;
  client: UpstreamClient;
  /** Every key that was in use. */
  secrets: () => readonly string[];
  close: () => Promise<void>;
};

export type Sources = ReturnType<typeof createSources>;

/** The organisations that are watched. `onNewKey` is called when a key file holds another key. */
export function createSources(parts: {
  upstreamUrl: URL;
  proxy: OutboundProxy | null;
  log: () => Log;
  onNewKey: () => void;
}) {
  const { upstreamUrl, proxy, log, onNewKey } = parts;
  let all: readonly Source[] = [];
  /** Replies under way may yet hold a key of what is not watched any more. */
  const formerSecrets = new Set<string>();

  function open(organization: Organization): Source {
    const keyReader = createKeyReader(organization.key);
    const client = createUpstreamClient({
      baseUrl: upstreamUrl,
      proxy,
      readKey: keyReader.readKey,
      userAgent: "Rollcall/0.1",
    });
    const { org } = organization;
    keyReader.onChange(() => {
      log().info({ org }, "The management key was replaced.");
      client.forgetHolds();
      onNewKey();
    });
    keyReader.onProblem((problem) => {
      if (problem === null) log().info({ org }, "The key file is in order again.");
      else log().error({ org, fault: problem }, "The key file is wrong. The last good key stays in use.");
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
    all: (): readonly Source[] => all,
    /** Every key that is or was in use. */
    secrets: (): readonly string[] => [...formerSecrets, ...all.flatMap(({ secrets }) => secrets())],
    /** Watches these from now on; what did not change stays the very same. Answers with what is to be closed. */
    replace: (organizations: readonly Organization[]): readonly Source[] => {
      const former = all;
      all = organizations.map(
        (organization) =>
          former.find((source) => isDeepStrictEqual(source.organization, organization)) ?? open(organization),
      );
      return former.filter((source) => !all.includes(source));
    },
    /** Reads every key; rejects with words where one cannot be used. */
    readKeys: async (): Promise<void> => {
      for (const { client } of all) await client.readKey();
    },
  };
}
