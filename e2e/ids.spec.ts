import { request } from "node:http";
import { expect, test } from "./support/shared-test";

/** As no browser would send them: the path goes out to the letter. */
const HOSTILE = [
  "..%2Fx",
  "..%2F..%2Forgs%2Facme%2Fendpoints",
  "%2e%2e%2fx",
  "..%252Fx",
  "%252e%252e%252fx",
  "..%5Cx",
  "acme-done%2F..%2Facme-error",
  "acme-done%3Adeploy",
  "acme-done:deployModel",
  "acme-done%3Fx=1",
  "acme-done%23x",
  "acme-done%0D%0AX-Forged:%201",
  "acme-done%00",
  "acme%20done",
  "-acme",
  "acme-",
  "a..b",
  ".",
  "%2e",
  "a".repeat(200),
  "%E2%80%AEacme",
  "__proto__",
  "constructor",
];

function ask(base: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port, host } = new URL(base);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers: { host } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on("error", reject).end();
  });
}

for (const id of HOSTILE) {
  const name = id.length > 60 ? `${id.slice(0, 10)}… of ${id.length}` : id;
  test(`the id ${name} is found nowhere and never reaches the upstream`, async ({ rollcall, simulator }) => {
    const { at } = await simulator.clock({});
    for (const path of [
      `/endpoints/${id}`,
      `/api/v1/endpoints/${id}`,
      `/api/v1/endpoints/${id}/rollouts`,
      `/api/v1/endpoints/${id}/raw`,
      `/api/v1/endpoints/acme-done/rollouts/${id}`,
    ]) {
      const { status, body } = await ask(rollcall.url, path);
      // Next mends dots and slashes with a redirect before any page is asked.
      expect([307, 308, 400, 404], `${path} was answered ${status}`).toContain(status);
      expect(body).not.toContain("deployed_models");
    }
    const known = /^\/management\/v1\/(orgs\/acme\/endpoints|endpoints\/acme-[a-z-]+)$/;
    const foreign = (await simulator.requests(at)).filter(({ rawPath }) => !known.test(rawPath));
    expect(foreign).toEqual([]);
  });
}

test("an unknown id is a 404 whose page says what to do", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const response = await page.goto("/endpoints/acme-nobody");
  expect(response?.status()).toBe(404);
  await expect(
    page.getByRole("heading", { name: "No endpoint of this name is watched here." }),
  ).toBeVisible();
  await expect(page.getByText(/Rollcall finds it at its next look/)).toBeVisible();
  await expect(page).toHaveTitle(/No such endpoint/);
  await page.getByRole("main").getByRole("link", { name: "All endpoints" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("list", { name: "Endpoints" })).toBeVisible();
});

test("an id with ..%2F is a 404 whose page says what to do", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const response = await page.goto("/endpoints/..%2Facme-done");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /No endpoint of this name|no page at this/,
  );
});
