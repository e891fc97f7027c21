import { endpointPaths, pagePaths, sharedPaths, type EndpointPaths } from "@/lib/contract/paths";

/** How an endpoint is read: by its id, or through a guest link whose token identifies it. */
export type ApiScope = {
  /** Part of its keys in the query cache. */
  name: string;
  paths: EndpointPaths;
  /** Addresses of its pages. */
  pages: { endpoint: string; rollout: (deploymentId: string) => string };
  /** Sent as a bearer token; null if the path identifies the endpoint. */
  token: string | null;
};

export function ofEndpoint(id: string): ApiScope {
  const pages = {
    endpoint: pagePaths.endpoint(id),
    rollout: (deploymentId: string) => pagePaths.rollout(id, deploymentId),
  };
  return { name: id, paths: endpointPaths(id), pages, token: null };
}

export function throughLink(token: string): ApiScope {
  const pages = {
    endpoint: pagePaths.shared(token),
    rollout: (deploymentId: string) => pagePaths.sharedRollout(token, deploymentId),
  };
  return { name: "(shared)", paths: sharedPaths, pages, token };
}
