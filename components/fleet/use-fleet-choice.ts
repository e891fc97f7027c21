"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

import { parseFleetChoice, toFleetQuery, type FleetChoice } from "@/lib/domain/fleet-choice";

export type ChangeChoice = (part: Partial<FleetChoice>) => void;

/** The filters in the address, which is the only state, and a function that changes some of them. */
export function useFleetChoice(): [FleetChoice, ChangeChoice] {
  const params = useSearchParams();
  const choice = useMemo(() => parseFleetChoice((name) => params.get(name)), [params]);
  const change = useCallback((part: Partial<FleetChoice>) => {
    // Read from `location`, which is newer than the rendered params, so that fast typing loses no letters.
    const now = new URLSearchParams(location.search);
    const next = { ...parseFleetChoice((name) => now.get(name)), ...part };
    history.replaceState(null, "", toFleetQuery(next) === "" ? location.pathname : toFleetQuery(next));
  }, []);
  return [choice, change];
}
