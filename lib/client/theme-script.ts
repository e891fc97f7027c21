/** Where next-themes keeps the chosen theme, and the attribute of `<html>` that it sets. */
export const themeStorage = { storageKey: "theme", attribute: "data-theme" } as const;

/**
 * An inline script that sets the theme before anything is painted. It takes the place of next-themes' own, which
 * stands behind the style sheet: the browser would read no HTML behind that script until the style sheet has arrived.
 */
export function themeScript(): string {
  const { storageKey, attribute } = themeStorage;
  return `(${setTheme.toString()})(${JSON.stringify(storageKey)}, ${JSON.stringify(attribute)})`;
}

/** Self-contained, because it is sent as text. Does what next-themes does: without a choice, the system's theme. */
function setTheme(storageKey: string, attribute: string): void {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(storageKey);
  } catch {
    // Some browsers forbid pages to store anything.
  }
  const isDark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute(attribute, isDark ? "dark" : "light");
}
