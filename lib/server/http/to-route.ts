import "server-only";

import { apiRoutes } from "@/lib/contract/openapi-routes";

/** Every route that is no operation of the documented API. */
const otherRoutes = [
  "/",
  "/account",
  "/audit",
  "/badge/{file}",
  "/doctor",
  "/endpoints/{endpointId}",
  "/endpoints/{endpointId}/preview.png",
  "/endpoints/{endpointId}/rollouts/{deploymentId}/preview.png",
  "/endpoints/{endpointId}/rollouts/{deploymentId}",
  "/livez",
  "/metrics",
  "/notifications",
  "/pair",
  "/people",
  "/readyz",
  "/screens",
  "/share/{token}",
  "/share/{token}/preview.png",
  "/share/{token}/rollouts/{deploymentId}/preview.png",
  "/share/{token}/rollouts/{deploymentId}",
  "/sign-in",
  "/tokens",
  "/wall",
  "/wall/basic",
  "/api/v1/openapi.json",
];

type Node = { route: string | null; children: Map<string, Node> };

const parameter = "{}";

const root: Node = { route: null, children: new Map() };
for (const name of Object.keys(apiRoutes)) plant(name.split(" ")[1] ?? "");
for (const route of otherRoutes) plant(route);

function plant(route: string): void {
  let node = root;
  for (const segment of route.split("/")) {
    const key = segment.startsWith("{") ? parameter : segment;
    const next = node.children.get(key) ?? { route: null, children: new Map<string, Node>() };
    node.children.set(key, next);
    node = next;
  }
  node.route = route;
}

/**
 * The route of a request target, for labels: one of a fixed set, whatever clients send. Files of the build are
 * "static", and what no route answers is "other".
 */
export function toRoute(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/_next/") || /^\/(?:cli\/)?[^/]+\.(png|svg|txt|webmanifest|ico|mjs)$/.test(path))
    return "static";
  let node: Node | undefined = root;
  for (const segment of path.split("/")) node = node?.children.get(segment) ?? node?.children.get(parameter);
  return node?.route ?? "other";
}
