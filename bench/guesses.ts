import { PASSWORD, SIGN_IN, enter, firstPassword, makeAccount } from "../e2e/support/people";
import type { Rollcall } from "../e2e/support/rollcall";
import { watchMeanwhile } from "./support/child";
import { onStage } from "./support/stage";
import { median, quantile } from "./support/statistics";
import type { Row } from "./support/table";

const guesses = 1_000;
const atOnce = 64;
/** An attacker could use the time of the hash: all of it, or none. */
const mostDifference = 0.1;

/**
 * Guessing passwords: how many of 1,000 attempts are evaluated, from one address, from one IPv6 /64, and from 1,000
 * addresses; how long another viewer waits in that time; and whether the response time reveals which accounts exist,
 * measured from enough addresses to stay below the rate limit.
 */
export async function measureGuesses(isShort: boolean): Promise<Row[]> {
  const settings = { ...SIGN_IN, ROLLCALL_TRUSTED_PROXIES: "127.0.0.0/8, ::1" };
  return onStage({ scenario: "steady", settings }, async ({ rollcall }) => {
    const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const storms: Row[] = [];
    for (const storm of toStorms()) storms.push(...(await measureStorm(rollcall, cookie, storm)));
    const [known, unknown] = await timePairs(rollcall, isShort ? 40 : 200);
    return [
      ...storms,
      { what: "wrong password", figure: known, unit: "ms" },
      {
        what: "unknown account",
        figure: unknown,
        unit: "ms",
        ratio: { to: "wrong password", value: unknown / known },
      },
      {
        what: "difference between the two",
        figure: Math.abs(unknown / known - 1),
        unit: "",
        limit: mostDifference,
      },
    ];
  });
}

type Storm = { from: string; account: string; address: (nth: number) => string; most: number };

/** Each with its own account, because the limits of an account outlast a storm. */
function toStorms(): Storm[] {
  const host = (nth: number) => (nth + 1).toString(16);
  return [
    { from: "one address", account: "ada", address: (nth) => `203.0.113.9:${nth + 1_024}`, most: 10 },
    { from: "one /64", account: "grace", address: (nth) => `2001:db8:9:9::${host(nth)}`, most: 10 },
    {
      from: `${guesses} addresses`,
      account: "admin",
      address: (nth) => `198.18.${Math.floor(nth / 250)}.${nth % 250}`,
      most: 30,
    },
  ];
}

async function measureStorm(rollcall: Rollcall, cookie: string, storm: Storm): Promise<Row[]> {
  const viewer = await watchMeanwhile(`${rollcall.url}/api/v1/endpoints`, cookie);
  let evaluated = 0;
  for (let made = 0; made < guesses; made += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, guesses - made) }, (_, nth) =>
      guess(rollcall, storm.account, storm.address(made + nth)),
    );
    evaluated += (await Promise.all(batch)).filter((status) => status !== 429).length;
  }
  const latencies = await viewer.end();
  return [
    {
      what: `of ${guesses} guesses from ${storm.from}, evaluated`,
      figure: evaluated,
      unit: "",
      limit: storm.most,
    },
    { what: "another viewer in that time, p50", figure: quantile(latencies, 0.5), unit: "ms" },
    { what: "another viewer in that time, p99", figure: quantile(latencies, 0.99), unit: "ms", limit: 100 },
  ];
}

async function guess(rollcall: Rollcall, account: string, address: string): Promise<number> {
  const response = await fetch(`${rollcall.url}/api/v1/sign-in`, {
    method: "POST",
    headers: { origin: rollcall.url, "x-forwarded-for": address },
    body: JSON.stringify({ account, password: "a wrong guess" }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** An account allows 30 failed attempts from all addresses, so several take turns. */
const pairsOfOne = 25;
const toKnown = (pair: number) => `known-${Math.floor(pair / pairsOfOne)}`;

async function timePairs(rollcall: Rollcall, pairs: number): Promise<[number, number]> {
  for (let pair = 0; pair < pairs; pair += pairsOfOne) await makeAccount(rollcall, toKnown(pair), "viewer");
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    const accounts = [["known", toKnown(pair)] as const, ["unknown", `unknown-${pair}`] as const];
    for (const [kind, account] of pair % 2 === 0 ? accounts : accounts.toReversed()) {
      const begun = performance.now();
      await guess(rollcall, account, `198.51.100.${pair % 250}`);
      times[kind].push(performance.now() - begun);
    }
  }
  return [median(times.known), median(times.unknown)];
}
