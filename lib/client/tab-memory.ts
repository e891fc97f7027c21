const kept = new Map<string, string>();

/**
 * Keeps a string for this tab across reloads. If the browser refuses storage, as in some frames, only until the next
 * reload.
 */
export function keepInTab(key: string, word: string): void {
  kept.set(key, word);
  try {
    sessionStorage.setItem(key, word);
  } catch {
    // Kept in memory above.
  }
}

/** The string that was kept for this tab; null if there is none, or if the browser refuses storage. */
export function readFromTab(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? kept.get(key) ?? null;
  } catch {
    return kept.get(key) ?? null;
  }
}
