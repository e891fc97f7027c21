type MovedAlias = { alias: string; then: string; now: string };

/** That an alias names another version than the one it was deployed as. */
export function movedAliasSentence({ alias, then, now }: MovedAlias): string {
  return `${alias} meant version ${then} when this was deployed. It means version ${now} now.`;
}

type LastGood = {
  version: string;
  availability: "available" | "not_synced" | "gone" | "unknown";
  syncStatus: string | null;
};

const sentences: Record<LastGood["availability"], (lastGood: LastGood) => string> = {
  available: ({ version }) => `Version ${version}, the last good one, is still there and synced.`,
  not_synced: ({ version, syncStatus }) =>
    `Version ${version}, the last good one, is still there, but not synced: its sync status is ${syncStatus ?? "unknown"}. A deployment may fail until that is done.`,
  unknown: ({ version }) =>
    `Version ${version}, the last good one, is still there. The API does not say whether it is synced.`,
  gone: ({ version }) =>
    `Version ${version}, the last good one, is no longer there: Cerebras does not list it any more. Upload it again, or deploy another version.`,
};

/** Whether the version that was good last can still be deployed. */
export function lastGoodSentence(lastGood: LastGood): string {
  return sentences[lastGood.availability](lastGood);
}

/**
 * The request that deploys a version, for a shell. Source: Cerebras' API reference, "Deploy a model". The key stays a
 * variable. Null if a name could not stand in a shell as it is.
 */
export function deployCommand(endpointId: string, model: string): string | null {
  if (!/^[\w.-]+$/.test(endpointId) || !/^orgs\/[\w.-]+\/models\/[\w.-]+\/versions\/\d+$/.test(model))
    return null;
  return [
    `curl -X POST https://api.cerebras.ai/management/v1/endpoints/${endpointId}:deployModel \\`,
    `  -H "Authorization: Bearer $CEREBRAS_MANAGEMENT_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"model": "${model}"}'`,
  ].join("\n");
}
