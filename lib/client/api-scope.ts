import { endpointPaths, sharedPaths, type EndpointPaths } from "@/lib/contract/paths";

/** How an endpoint is read: by its id, or through a guest link whose token identifies it. */
export type ApiScope = {
  /** Part of its keys in the query cache. */
  name: string;
  paths: EndpointPaths;
  /** Sent as a bearer token; null if the path identifies the endpoint. */
  token: string | null;
};

export function ofEndpoint(id: string): ApiScope {
  return { name: id, paths: endpointPaths(id), token: null };
}

export function throughLink(token: string): ApiScope {
  return { name: "(shared)", paths: sharedPaths, token };
}
