import type { Page } from "@playwright/test";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/shared-test";

/** The role and name of the focused element, and whether its focus is visible. */
function focused(page: Page): Promise<{ what: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return { what: "", isSeen: true };
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const name = element.getAttribute("aria-label") ?? element.textContent;
    return {
      what: `${element.tagName.toLowerCase()} ${name.trim().slice(0, 60)}`,
      isSeen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0,
    };
  });
}

async function walk(page: Page): Promise<{ what: string; isSeen: boolean }[]> {
  const stops: { what: string; isSeen: boolean }[] = [];
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    if (stop.what === "") break;
    stops.push(stop);
  }
  return stops;
}

const ALWAYS = ["Rollcall", "Diagnostics", "Open access", "Copy the deployment id", "Show the reply"];
const CONTROLS = {
  "acme-in-progress": [...ALWAYS, "Show as table"],
  "acme-error": [...ALWAYS, "Copy the error message", "Acknowledge the failure"],
};

for (const [id, named] of Object.entries(CONTROLS)) {
  test(`every control of the page of ${id} is reached by keyboard, with the focus seen`, async ({ page }) => {
    const screen = new EndpointScreen(page);
    await screen.open(id);
    await expect(screen.main).toHaveAttribute("data-freshness", "live");
    await expect(page.getByRole("button", { name: named.at(-1) ?? "" })).toBeVisible();
    const controls = page.locator("a[href]:visible, button:enabled:visible");
    const count = await controls.count();
    expect(count).toBeGreaterThanOrEqual(named.length);

    const stops = await walk(page);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    expect(stops.filter(({ what }) => /^(a|button) /.test(what))).toHaveLength(count);
    for (const control of named) {
      expect(
        stops.some(({ what }) => what.includes(control)),
        control,
      ).toBe(true);
    }
  });
}

test("a control does by keyboard what it does by mouse", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-in-progress");
  const button = page.getByRole("button", { name: "Show as table" });
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(screen.table).toBeVisible();
  const opened = page.getByRole("button", { name: "Hide the table" });
  await expect(opened).toBeFocused();
  await expect(opened).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Space");
  await expect(screen.table).toHaveCount(0);
});

test("the theme is chosen by keyboard, and stays", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Open access" }).focus();
  await page.keyboard.press("Enter");
  for (const theme of ["Auto", "Light", "Dark"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: theme })).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the list leads to a page by keyboard", async ({ page }) => {
  await page.goto("/");
  const link = page.getByRole("link", { name: /acme-done/ });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/endpoints\/acme-done$/);
});

test("reduced motion is respected: nothing moves", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const screen = new EndpointScreen(page);
  await screen.open("acme-in-progress");
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== "none" || transitionDuration.split(", ").some((each) => each !== "0s");
      }).length,
  );
  expect(moving).toBe(0);

  await page.emulateMedia({ reducedMotion: "no-preference" });
  const fill = screen.rollCall.locator("span span").first();
  expect(await fill.evaluate((cell) => getComputedStyle(cell).transitionDuration)).not.toBe("0s");
});

test("every time and number on the page has text for screen readers", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open("acme-in-progress");
  await expect(screen.chart).toHaveAccessibleName(/Updated and total replicas over .*7/);
  await expect(screen.rollCall).toHaveAccessibleName("7 of 12 replicas updated");
  // Read at once: the next poll may replace some of them.
  await expect(async () => {
    const moments = await screen.main
      .getByRole("time")
      .evaluateAll((all) => all.map((one) => [one.getAttribute("datetime"), one.getAttribute("title")]));
    expect(moments.length).toBeGreaterThan(0);
    for (const [machine, person] of moments) {
      expect(machine).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(person).toContain("UTC");
    }
  }).toPass({ timeout: 15_000 });
});
