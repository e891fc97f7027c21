import {
  PASSWORD,
  SIGN_IN,
  enter,
  firstPassword,
  makeAccount,
  resetPassword,
  signIn,
} from "./support/people";
import { expect, test } from "./support/test";

test.use({ settings: SIGN_IN });

/** Guesses so many times at once, and counts the answers by their status. */
async function guess(
  rollcall: { url: string },
  account: string,
  count: number,
): Promise<Readonly<Record<number, number>>> {
  const statuses: number[] = [];
  for (let made = 0; made < count; made += 25) {
    const batch = Array.from({ length: Math.min(25, count - made) }, (_, index) =>
      signIn(rollcall, account, `guess ${made + index}`),
    );
    statuses.push(...(await Promise.all(batch)).map(({ status }) => status));
  }
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [status, statuses.filter((each) => each === status).length]),
  );
}

test("of 1,000 guesses at an account 10 are evaluated, and not even the right one after them", async ({
  rollcall,
}) => {
  test.setTimeout(120_000);
  await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  await makeAccount(rollcall, "ada", "viewer");
  expect(await guess(rollcall, "admin", 1_000)).toEqual({ 403: 10, 429: 990 });
  const right = await signIn(rollcall, "ADMIN ", PASSWORD);
  expect(right.status).toBe(429);
  expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
  expect(await right.text()).toContain("Too many wrong passwords. Try again in 15 minutes.");
  // Another account is not held up, nor is anybody who is in already.
  expect((await signIn(rollcall, "ada", PASSWORD)).status).toBe(200);
  // A restart forgets no guess.
  await rollcall.restart();
  expect((await signIn(rollcall, "admin", PASSWORD)).status).toBe(429);
  // The command at the server needs no administrator.
  const password = await resetPassword(rollcall, "admin");
  expect((await signIn(rollcall, "admin", password, "a third long password")).status).toBe(200);
});

test("an account that there is not is throttled and refused in the same words", async ({ rollcall }) => {
  const password = firstPassword(rollcall);
  await enter(rollcall, "admin", password, PASSWORD);
  const known = await signIn(rollcall, "admin", "wrong");
  const unknown = await signIn(rollcall, "nobody-at-all", "wrong");
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  expect(await guess(rollcall, "nobody-at-all", 30)).toEqual({ 403: 9, 429: 21 });
});

test("right passwords are no guesses", async ({ rollcall }) => {
  await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  for (let time = 0; time < 15; time += 1) {
    expect((await signIn(rollcall, "admin", PASSWORD)).status).toBe(200);
  }
});

test.describe("behind a proxy that is trusted", () => {
  test.use({ settings: { ...SIGN_IN, ROLLCALL_TRUSTED_PROXIES: "127.0.0.0/8, ::1" } });

  test("whoever guesses from elsewhere keeps nobody out", async ({ rollcall }) => {
    await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const from = (address: string, password: string) =>
      fetch(`${rollcall.url}/api/v1/sign-in`, {
        method: "POST",
        headers: { origin: rollcall.url, "x-forwarded-for": address },
        body: JSON.stringify({ account: "admin", password }),
      });
    const statuses = [];
    for (let time = 0; time < 12; time += 1) statuses.push((await from("203.0.113.9", "wrong")).status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(10);
    // What a visitor says of the way before the proxy is not believed.
    expect((await from("198.51.100.1, 203.0.113.9", "wrong")).status).toBe(429);
    expect((await from("198.51.100.1", PASSWORD)).status).toBe(200);
  });
});
