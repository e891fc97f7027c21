import { createContext, useContext } from "react";

import type { ApiScope } from "./api-scope";

const ApiScopeContext = createContext<ApiScope | null>(null);

/** Tells the components below it how to read their endpoint: by id, or through a guest link. */
export const ApiScopeProvider = ApiScopeContext.Provider;

export function useApiScope(): ApiScope {
  const apiScope = useContext(ApiScopeContext);
  if (apiScope === null) throw new Error("useApiScope must be used inside ApiScopeProvider.");
  return apiScope;
}
