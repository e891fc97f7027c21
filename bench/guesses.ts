import { PASSWORD, SIGN_IN, enter, firstPassword } from "../e2e/support/people";
import type { Rollcall } from "../e2e/support/rollcall";
import { onStage } from "./support/stage";
import { median } from "./support/statistics";
import type { Row } from "./support/table";

const guesses = 1_000;
/** A difference that a guesser could use would be that of the hash: all of it, or none. */
const mostDifference = 0.1;

/**
 * What guessing passwords brings: how many of 1,000 are evaluated, and whether the time tells accounts that there
 * are from those that there are not. Timed from as many addresses as it takes not to be throttled.
 */
export async function measureGuesses(isShort: boolean): Promise<Row[]> {
  const settings = { ...SIGN_IN, ROLLCALL_TRUSTED_PROXIES: "127.0.0.0/8, ::1" };
  return onStage({ scenario: "steady", settings }, async ({ rollcall }) => {
    await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
    const evaluated = await countEvaluated(rollcall);
    const [known, unknown] = await timePairs(rollcall, isShort ? 40 : 200);
    return [
      { what: `of ${guesses} guesses, evaluated`, figure: evaluated, unit: "", limit: 10 },
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

async function guess(rollcall: Rollcall, account: string, address: string): Promise<number> {
  const response = await fetch(`${rollcall.url}/api/v1/sign-in`, {
    method: "POST",
    headers: { origin: rollcall.url, "x-forwarded-for": address },
    body: JSON.stringify({ account, password: "a wrong guess" }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function countEvaluated(rollcall: Rollcall): Promise<number> {
  let evaluated = 0;
  for (let made = 0; made < guesses; made += 20) {
    const batch = Array.from({ length: 20 }, () => guess(rollcall, "admin", "203.0.113.9"));
    evaluated += (await Promise.all(batch)).filter((status) => status !== 429).length;
  }
  return evaluated;
}

async function timePairs(rollcall: Rollcall, pairs: number): Promise<[number, number]> {
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  for (let pair = 0; pair < pairs; pair += 1) {
    const accounts = [["known", "admin"] as const, ["unknown", `nobody-${pair}`] as const];
    for (const [kind, account] of pair % 2 === 0 ? accounts : accounts.toReversed()) {
      const begun = performance.now();
      await guess(rollcall, account, `198.51.100.${pair % 250}`);
      times[kind].push(performance.now() - begun);
    }
  }
  return [median(times.known), median(times.unknown)];
}
