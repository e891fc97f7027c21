import { expect, test } from "./support/test";

test("the started server is alive, and its first page opens", async ({ page, rollcall }) => {
  const alive = await fetch(`${rollcall.url}/livez`);
  expect(alive.status).toBe(200);

  await page.goto("/");
  await expect(page.getByRole("main")).toBeVisible();
});
