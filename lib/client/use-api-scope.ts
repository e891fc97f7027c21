import { createContext, useContext } from "react";

import type { ApiScope } from "./api-scope";

const ApiScopeContext = createContext<ApiScope | null>(null);

/** Says to everything below it from where its endpoint is looked at. */
export const ApiScopeProvider = ApiScopeContext.Provider;

export function useApiScope(): ApiScope {
  const apiScope = useContext(ApiScopeContext);
  if (apiScope === null) throw new Error("An endpoint is drawn from nowhere.");
  return apiScope;
}
