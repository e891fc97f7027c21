const kept = new Map<string, string>();

/**
 * Keeps a word for this tab over reloads. Where the browser refuses storage, as it does in some frames, only until
 * the next one.
 */
export function keepInTab(key: string, word: string): void {
  kept.set(key, word);
  try {
    sessionStorage.setItem(key, word);
  } catch {
    // Kept above.
  }
}

/** What was kept for this tab; null: nothing, or the browser refuses storage. */
export function readFromTab(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? kept.get(key) ?? null;
  } catch {
    return kept.get(key) ?? null;
  }
}
