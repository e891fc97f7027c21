import { useSyncExternalStore } from "react";

import { basePath } from "@/lib/contract/base-path";
import type { NotificationAbility } from "@/lib/presentation/browser-notification";

/** Where this browser keeps that its viewer wants notifications, for all of its tabs. */
const storageKey = "notifications";
/** Where tabs note what was shown, so that one event makes one notification. */
const shownKey = "notified";
const mostShown = 100;

const listeners = new Set<() => void>();
/** Some browsers allow notifications, and refuse to make one from a page. */
let isRefused = false;

type Wish = { isWanted: boolean; ability: NotificationAbility };

/** Whether the viewer wants notifications in this browser, and whether it shows them; null before hydration. */
export function useBrowserNotifications(): Wish | null {
  const state = useSyncExternalStore(subscribe, readState, () => null);
  if (state === null) return null;
  const [wish = "", ability] = state.split(" ");
  return { isWanted: wish === "on", ability: abilities.find((each) => each === ability) ?? "unsupported" };
}

const abilities: readonly NotificationAbility[] = ["allowed", "unasked", "denied", "insecure", "unsupported"];

function readState(): string {
  return `${read(storageKey) === "on" ? "on" : "off"} ${readAbility()}`;
}

function readAbility(): NotificationAbility {
  if (!isSecureContext) return "insecure";
  if (!("Notification" in window) || isRefused) return "unsupported";
  if (Notification.permission === "default") return "unasked";
  return Notification.permission === "granted" ? "allowed" : "denied";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  // The viewer can change the permission in the browser meanwhile.
  addEventListener("focus", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
    removeEventListener("focus", listener);
  };
}

/** Turns notifications on or off for this browser. Call it on a click: the browser may ask the viewer. */
export async function setWanted(isWanted: boolean): Promise<void> {
  write(storageKey, isWanted ? "on" : "off");
  tell();
  if (!isWanted || readAbility() !== "unasked") return;
  await Notification.requestPermission();
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

/**
 * Shows a notification, once for all tabs of this browser. `tag` names the event. A click on it opens `href` in this
 * tab.
 */
export async function showOnce(
  tag: string,
  { title, body }: { title: string; body: string },
  href: string,
): Promise<void> {
  await navigator.locks.request("rollcall-notified", () => {
    const shown = (read(shownKey) ?? "").split("\n");
    if (shown.includes(tag)) return;
    write(shownKey, [...shown, tag].slice(-mostShown).join("\n"));
    try {
      const notification = new Notification(title, { body, tag, icon: `${basePath}/icon-192.png` });
      notification.addEventListener("click", () => {
        window.focus();
        location.assign(href);
        notification.close();
      });
    } catch {
      isRefused = true;
      tell();
    }
  });
}

/** Some browsers forbid pages to store anything: then the choice holds until the next page. */
const kept = new Map<string, string>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? kept.get(key) ?? null;
  } catch {
    return kept.get(key) ?? null;
  }
}

function write(key: string, text: string): void {
  kept.set(key, text);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Kept in memory above.
  }
}
