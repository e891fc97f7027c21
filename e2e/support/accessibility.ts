import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const THEMES = ["light", "dark"] as const;
/** The themes differ in colors only, so every other rule finds the same in both. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];
const WIDTHS = [390, 1280];

/**
 * What axe finds on a page as it is, with the elements, and whether the page is too wide: in both themes, narrow and
 * wide. In the second theme only the rules of color. Afterwards the page is as it was. `except`: rules that are broken on
 * purpose. `load`: for a page that takes the theme only when it is loaded.
 */
export async function violationsInEveryTheme(
  page: Page,
  { except = [], load }: { except?: string[]; load?: () => Promise<void> } = {},
) {
  const viewport = page.viewportSize();
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await load?.();
    await untilTheme(page, colorScheme);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const lines = await violations(page, colorScheme === "dark" ? { only: COLOR_RULES } : { except });
      found.push(...lines.map((line) => `${page.url()} ${colorScheme} ${width}: ${line}`));
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (viewport !== null) await page.setViewportSize(viewport);
  return found;
}

/** A page without scripts leaves the theme to the style sheet. */
async function untilTheme(page: Page, theme: string): Promise<void> {
  const root = page.locator("html");
  if ((await root.getAttribute("data-theme")) !== null)
    await expect(root).toHaveAttribute("data-theme", theme);
}

/** No page has frames, so axe does not need a second page to put its findings together. */
async function violations(page: Page, rules: { only: string[] } | { except: string[] }): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if ("only" in rules) axe.withRules(rules.only);
  else axe.disableRules(rules.except);
  const { violations: found } = await axe.analyze();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" | ")}`),
    ...(overflow > 0 ? [`the page is ${overflow} px too wide`] : []),
  ];
}
