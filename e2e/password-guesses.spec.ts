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

/** Guesses `times` times at once and counts the answers by status. */
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
  // Other accounts and existing sessions are not affected.
  expect((await signIn(rollcall, "ada", PASSWORD)).status).toBe(200);
  // Guesses still count after a restart.
  await rollcall.restart();
  expect((await signIn(rollcall, "admin", PASSWORD)).status).toBe(429);
  // The command on the server needs no administrator.
  const password = await resetPassword(rollcall, "admin");
  const signInAgain = () => signIn(rollcall, "admin", password, "a third long password");
  // The server remembers for a second that the account was over its limit.
  await expect.poll(async () => (await signInAgain()).status).toBe(200);
});

test("an unknown account is throttled and refused in the same words", async ({ rollcall }) => {
  const password = firstPassword(rollcall);
  await enter(rollcall, "admin", password, PASSWORD);
  const known = await signIn(rollcall, "admin", "wrong");
  const unknown = await signIn(rollcall, "no-such-account", "wrong");
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  expect(await guess(rollcall, "no-such-account", 30)).toEqual({ 403: 9, 429: 21 });
});

test("correct passwords are not counted as guesses", async ({ rollcall }) => {
  await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  for (let time = 0; time < 15; time += 1) {
    expect((await signIn(rollcall, "admin", PASSWORD)).status).toBe(200);
  }
});

test.describe("behind a proxy that is trusted", () => {
  test.use({ settings: { ...SIGN_IN, ROLLCALL_TRUSTED_PROXIES: "127.0.0.0/8, ::1" } });

  test("unknown clients are limited by network and by account, and lock no one out", async ({ rollcall }) => {
    const entered = await signIn(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const known = entered.headers.getSetCookie().find((cookie) => cookie.includes("rollcall-known=")) ?? "";
    expect(known).toMatch(
      /^rollcall-known=[\w-]{22}\.[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const from = (address: string, password = "wrong", account = "admin", cookie = "") =>
      fetch(`${rollcall.url}/api/v1/sign-in`, {
        method: "POST",
        headers: { origin: rollcall.url, "x-forwarded-for": address, cookie },
        body: JSON.stringify({ account, password }),
      });
    const checked = async (addresses: readonly string[]) => {
      const answers = [];
      for (const address of addresses) answers.push((await from(address)).status);
      return answers.filter((status) => status === 403).length;
    };
    const times = (count: number, make: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => make(index));
    expect(await checked(times(12, (index) => `203.0.113.9:${50_000 + index}`))).toBe(10);
    // Forwarding headers that the client sent itself are not trusted.
    expect((await from("198.51.100.1, 203.0.113.9")).status).toBe(429);
    expect(await checked(times(12, (index) => `[2001:db8:9:9::${index}]:50000`))).toBe(10);
    expect(await checked(times(20, (index) => `198.51.100.${index}`))).toBe(10);
    // The account has used its 30 guesses. Others can sign in, and so can its owner from a known browser.
    expect((await from("198.51.100.99", PASSWORD)).status).toBe(429);
    expect((await from("198.51.100.99", "wrong", "ada")).status).toBe(403);
    const owner = await from("203.0.113.9", PASSWORD, "admin", known.split(";")[0]);
    expect(owner.status).toBe(200);
    const audit = await fetch(`${rollcall.url}/api/v1/audit`, {
      headers: { cookie: owner.headers.getSetCookie()[0]?.split(";")[0] ?? "" },
    });
    expect((await audit.text()).match(/was refused/g)).toHaveLength(2);
  });
});
