"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

import { parseFleetChoice, toFleetQuery, type FleetChoice } from "@/lib/domain/fleet-choice";

/** What the address chooses of the fleet, and how to change a part of it. The address is the only state. */
export function useFleetChoice(): [FleetChoice, (change: Partial<FleetChoice>) => void] {
  const said = useSearchParams();
  const choice = useMemo(() => parseFleetChoice((name) => said.get(name)), [said]);
  const change = useCallback((part: Partial<FleetChoice>) => {
    // Read at the moment: letters typed in haste must not undo one another.
    const now = new URLSearchParams(location.search);
    const next = { ...parseFleetChoice((name) => now.get(name)), ...part };
    history.replaceState(null, "", toFleetQuery(next) === "" ? location.pathname : toFleetQuery(next));
  }, []);
  return [choice, change];
}
