import { endpointPaths, sharedPaths, type EndpointPaths } from "@/lib/contract/paths";

/** From where an endpoint is looked at: by its id, or through a guest link whose token says which one it is. */
export type ApiScope = {
  /** Names it in the query cache. */
  name: string;
  paths: EndpointPaths;
  /** Sent as bearer; null where the address says everything. */
  token: string | null;
};

export function ofEndpoint(id: string): ApiScope {
  return { name: id, paths: endpointPaths(id), token: null };
}

export function throughLink(token: string): ApiScope {
  return { name: "(shared)", paths: sharedPaths, token };
}
