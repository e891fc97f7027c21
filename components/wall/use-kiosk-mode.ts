import { useEffect, useState } from "react";

import { reloadForBuild } from "@/lib/client/reload-for-build";

const shiftEvery = 60_000;
const shifts = ["0px, 0px", "2px, 1px", "1px, 3px", "-1px, 2px", "-2px, 0px", "-1px, -2px", "1px, -1px"];

/**
 * What a screen does that nobody touches: it stays awake, moves by a pixel or two each minute so that nothing
 * burns in, is less bright at night, fills the display on `f`, and loads itself again once when a new build runs.
 */
export function useKioskMode(build: string | null): void {
  useEffect(() => keepAwake(), []);
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key !== "f" || event.metaKey || event.ctrlKey) return;
      void (
        document.fullscreenElement === null
          ? document.documentElement.requestFullscreen()
          : document.exitFullscreen()
      ).catch(() => undefined);
    };
    window.addEventListener("keydown", toggle);
    return () => window.removeEventListener("keydown", toggle);
  }, []);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((former) => former + 1), shiftEvery);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    style.setProperty("--wall-shift", shifts[turn % shifts.length] ?? "0px, 0px");
    dataset["night"] = String(isNight(new Date().getHours()));
  }, [turn]);
  useEffect(() => {
    if (build !== null) reloadForBuild(build);
  }, [build]);
}

/** By the screen's own clock, from ten in the evening to six in the morning. */
function isNight(hour: number): boolean {
  return hour >= 22 || hour < 6;
}

/** A lock is lost whenever the page is hidden, and asked for again when it is seen. */
function keepAwake(): () => void {
  const ask = () => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    navigator.wakeLock.request("screen").catch(() => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}
