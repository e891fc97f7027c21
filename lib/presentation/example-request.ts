/**
 * A request that calls an endpoint, for a shell. Source: Cerebras' API reference,
 * https://inference-docs.cerebras.ai/api-reference (the address, the bearer key and its variable). The endpoint's id is
 * the value of `model`; ids are made of letters, digits, dots, dashes and underscores, which no shell interprets.
 */
export function exampleRequest(endpointId: string): string {
  return [
    "curl https://api.cerebras.ai/v1/chat/completions \\",
    `  -H "Authorization: Bearer $CEREBRAS_API_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"model": "${endpointId}", "messages": [{"role": "user", "content": "Hello"}]}'`,
  ].join("\n");
}
