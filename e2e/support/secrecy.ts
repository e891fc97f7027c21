import type { BrowserContext, Response } from "@playwright/test";
import type { Rollcall, Settings } from "./rollcall";

/** Keeps everything that the browser received, to search it for keys at the end. */
export class Correspondence {
  readonly #answers: Promise<readonly [string, string]>[] = [];

  listenTo(context: BrowserContext): void {
    context.on("response", (response) => this.#answers.push(read(response)));
  }

  /** Everything received so far: address, and headers with body. */
  received(): Promise<(readonly [string, string])[]> {
    return Promise.all(this.#answers);
  }
}

async function read(response: Response): Promise<readonly [string, string]> {
  const headers = await response.headersArray().catch(() => []);
  // A redirect has no body, and the browser drops those of a page that it has left.
  const body = await response.body().catch(() => Buffer.alloc(0));
  return [response.url(), `${JSON.stringify(headers)}\n${body.toString("latin1")}`];
}

const OUR_COOKIES = /(?:rollcall-(?:session|screen|pairing))=([\w-]{43})/g;

/** Every place, except the cookie itself, that contains the secret of a cookie. */
export async function placesOfCookies(rollcall: Rollcall, correspondence: Correspondence): Promise<string[]> {
  const received = await correspondence.received();
  const secrets = [
    ...new Set(
      received.flatMap(([, text]) => [...text.matchAll(OUR_COOKIES)].map(([, secret]) => secret ?? "")),
    ),
  ];
  const files = [...(await rollcall.databaseFiles())].map(([name, bytes]) => [
    name,
    bytes.toString("latin1"),
  ]);
  const places = [...received, ...files, ["the log", rollcall.output]].map(([at = "", text = ""]) => [
    at,
    text.replaceAll(OUR_COOKIES, ""),
  ]);
  return places
    .filter(([, text = ""]) => secrets.some((secret) => text.includes(secret)))
    .map(([at = ""]) => at);
}

const GUEST_TOKEN = /\/share\/([\w-]{43})/g;

/** Every stored place that contains the token of a guest link. */
export async function placesOfTokens(rollcall: Rollcall, correspondence: Correspondence): Promise<string[]> {
  const received = await correspondence.received();
  const tokens = received.flatMap(([, text]) =>
    [...text.matchAll(GUEST_TOKEN)].map(([, token]) => token ?? ""),
  );
  const files = [...(await rollcall.databaseFiles())].map(([name, bytes]) => [
    name,
    bytes.toString("latin1"),
  ]);
  return [...files, ["the log", rollcall.output]]
    .filter(([, text = ""]) => tokens.some((token) => text.includes(token)))
    .map(([at = ""]) => at);
}

/** The secret settings, which must not appear anywhere. */
export function secretsAmong(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    /_SECRET$/.test(name) && value !== undefined ? [value] : [],
  );
}

/** Every place, except the upstream's Authorization header, that contains a management key. */
export async function placesOfKeys(
  keys: ReadonlySet<string>,
  rollcall: Rollcall,
  correspondence: Correspondence,
): Promise<string[]> {
  const files = [...(await rollcall.databaseFiles())].map(([name, bytes]): readonly [string, string] => [
    name,
    bytes.toString("latin1"),
  ]);
  const places = [...(await correspondence.received()), ...files, ["the log", rollcall.output] as const];
  return places.filter(([, text]) => [...keys].some((key) => text.includes(key))).map(([at]) => at);
}
