import { expect, test, type Browser, type Page } from "@playwright/test";

import { Demo } from "../support/demo";

const images = "docs/images";
/** More than this makes the README slow to open. */
const mostBytes = 150_000;

type Picture = {
  file: string;
  phrase: string;
  size: { width: number; height: number };
  scheme: "light" | "dark";
  scale?: number;
  settle: (page: Page) => Promise<void>;
};

const says = (words: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole("main")).toContainText(words, { timeout: 60_000 });
};

const pictures: readonly Picture[] = [
  {
    file: "endpoint.png",
    phrase: "A rollout that is moving",
    size: { width: 1280, height: 765 },
    scheme: "light",
    settle: async (page) => {
      await says(/rolling out: [789] of 12/)(page);
      await expect(page.locator(".recharts-surface").first()).toBeVisible();
    },
  },
  {
    file: "fleet.png",
    phrase: "Eight endpoints at a glance",
    size: { width: 1280, height: 500 },
    scheme: "light",
    settle: says(/\d of 12/),
  },
  {
    file: "wall.png",
    phrase: "The wall screen",
    size: { width: 1280, height: 720 },
    scheme: "dark",
    settle: says(/[3-9] of 12/),
  },
  {
    file: "phone.png",
    phrase: "One that failed, and why",
    size: { width: 390, height: 844 },
    scheme: "dark",
    scale: 1.5,
    settle: async (page) => {
      await says("failed its readiness check")(page);
      await expect(page.getByRole("button", { name: "Acknowledge" })).toBeEnabled();
    },
  },
];

test("the pictures of the README", async ({ browser }) => {
  const demo = await Demo.start();
  try {
    for (const picture of pictures) await take(browser, demo, picture);
  } finally {
    await demo.end();
  }
});

async function take(browser: Browser, demo: Demo, picture: Picture): Promise<void> {
  const { file, phrase, size, scheme, scale = 1, settle } = picture;
  const context = await browser.newContext({
    viewport: size,
    colorScheme: scheme,
    deviceScaleFactor: scale,
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  await page.goto(demo.address(phrase));
  await settle(page);
  // Only the demo has the strip.
  await page
    .getByRole("complementary", { name: "Demo" })
    .evaluateAll((strips) => strips.forEach((one) => one.remove()));
  const image = await page.screenshot({ path: `${images}/${file}` });
  expect(image.byteLength, file).toBeLessThan(mostBytes);
  await context.close();
}
