import { getGlobalDispatcher } from "undici";
import { z } from "zod";
import { DEFAULT_KEY, startSimulator } from "../server";
import type { SimulatorOptions } from "../server";

const statusBody = z.object({ deployed_models: z.array(z.record(z.string(), z.unknown())) });

type CallOptions = {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** An answer over real HTTP; `json` is undefined when the body is not JSON. */
export type TestAnswer = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly json: unknown;
};

export type TestSimulator = Awaited<ReturnType<typeof startTestSimulator>>;

/** A simulator on free ports, with shorthands for both of its APIs. */
export async function startTestSimulator(options: SimulatorOptions = {}) {
  const { upstreamUrl, controlUrl, close } = await startSimulator(options);
  const upstream = (path: string, { method = "GET", headers = {}, body }: CallOptions = {}) =>
    call(upstreamUrl, path, {
      method,
      headers: { authorization: `Bearer ${DEFAULT_KEY}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const control = (method: Method, path: string, body?: unknown) =>
    call(controlUrl, path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const newest = async (path: string) => (await deployments(path))[0];
  const deployments = async (path: string) => statusBody.parse((await upstream(path)).json).deployed_models;
  const advance = (advanceMs: number) => control("POST", "/clock", { advanceMs });
  return { upstreamUrl, controlUrl, close, upstream, control, newest, deployments, advance };
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

async function call(
  origin: string,
  path: string,
  options: { method: Method; headers?: Record<string, string>; body?: string },
): Promise<TestAnswer> {
  // undici's request() would tidy the path up first; the dispatcher sends it as written.
  const { statusCode, headers, body } = await getGlobalDispatcher().request({ origin, path, ...options });
  const text = await body.text();
  return { status: statusCode, headers, text, json: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
