import { useEffect } from "react";

import { reloadForBuild } from "@/lib/client/reload-page";

const shiftEvery = 60_000;
const shifts = ["0px, 0px", "2px, 1px", "1px, 3px", "-1px, 2px", "-2px, 0px", "-1px, -2px", "1px, -1px"];

/**
 * Keeps the screen awake, shifts the picture by a pixel or two each minute against burn-in, turns it dark at night
 * where no theme was chosen, goes full screen on `f`, shows the way back to people who move a pointer, and reloads once
 * when a new build is out.
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
  useEffect(() => noticePointer(), []);
  useEffect(() => {
    adjust(0);
    let turn = 0;
    const timer = setInterval(() => adjust((turn += 1)), shiftEvery);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (build !== null) reloadForBuild(build);
  }, [build]);
}

/** Without React, which would draw the whole wall again. */
function adjust(turn: number): void {
  const { style, dataset } = document.documentElement;
  style.setProperty("--wall-shift", shifts[turn % shifts.length] ?? "0px, 0px");
  dataset["night"] = String(isNight(new Date().getHours()));
}

const attendedFor = 4_000;

/** Marks the page while someone moves a pointer or touches it, because a room's screen shows no pointer. */
function noticePointer(): () => void {
  const { dataset } = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const notice = () => {
    dataset["attended"] = "true";
    clearTimeout(timer);
    timer = setTimeout(() => delete dataset["attended"], attendedFor);
  };
  window.addEventListener("pointermove", notice);
  window.addEventListener("pointerdown", notice);
  return () => {
    window.removeEventListener("pointermove", notice);
    window.removeEventListener("pointerdown", notice);
    clearTimeout(timer);
    delete dataset["attended"];
  };
}

/** By the screen's own clock. */
function isNight(hour: number): boolean {
  return hour >= 22 || hour < 6;
}

/** The browser releases the wake lock when the page is hidden, so it's requested again on return. */
function keepAwake(): () => void {
  const ask = () => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    navigator.wakeLock.request("screen").catch(() => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}
