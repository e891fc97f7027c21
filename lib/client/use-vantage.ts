import { createContext, useContext } from "react";

import type { Vantage } from "./vantage";

const VantageContext = createContext<Vantage | null>(null);

/** Says to everything below it from where its endpoint is looked at. */
export const VantageProvider = VantageContext.Provider;

export function useVantage(): Vantage {
  const vantage = useContext(VantageContext);
  if (vantage === null) throw new Error("An endpoint is drawn from nowhere.");
  return vantage;
}
