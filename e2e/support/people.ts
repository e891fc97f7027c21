import { z } from "zod";
import { rollcallCommand } from "./command";
import type { Rollcall, Settings } from "./rollcall";

/** Requires sign-in, which is the default. */
export const SIGN_IN: Settings = { ROLLCALL_ACCESS: undefined };

/** The password that every test account chooses. */
export const PASSWORD = "correct horse battery staple";

const ONE_TIME = /^ {4}((?:[a-z0-9]{5}-){3}[a-z0-9]{5})$/m;

/** The password that the first start printed. */
export function firstPassword(rollcall: Pick<Rollcall, "stderr">): string {
  return ONE_TIME.exec(rollcall.stderr)?.[1] ?? "";
}

/** Requests a change, like one of Rollcall's pages. */
export function change(
  rollcall: Pick<Rollcall, "url">,
  method: string,
  path: string,
  options: { body?: object; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(rollcall.url + path, {
    method,
    redirect: "manual",
    headers: { origin: rollcall.url, "content-type": "application/json", ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
}

export function signIn(
  rollcall: Pick<Rollcall, "url">,
  account: string,
  password: string,
  newPassword?: string,
): Promise<Response> {
  const body = { account, password, ...(newPassword === undefined ? {} : { newPassword }) };
  return change(rollcall, "POST", "/api/v1/sign-in", { body });
}

/** The cookies that a response sets, as the next request sends them. */
function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0] ?? "")
    .filter((cookie) => !cookie.endsWith("="))
    .join("; ");
}

/** Signs in. Resolves with the session's cookie. */
export async function enter(
  rollcall: Pick<Rollcall, "url">,
  account: string,
  password = PASSWORD,
  newPassword?: string,
): Promise<string> {
  const response = await signIn(rollcall, account, password, newPassword);
  if (!response.ok) throw new Error(`${account} could not sign in: ${await response.text()}`);
  return cookiesOf(response).split("; ")[0] ?? "";
}

/** Gives an account a one-time password with the command on the server. */
export async function resetPassword(rollcall: Rollcall, ...request: string[]): Promise<string> {
  const { stdout, stderr } = await rollcallCommand(rollcall.databaseUrl, ["password", ...request]);
  const password = ONE_TIME.exec(stdout)?.[1];
  if (password === undefined) throw new Error(`No password was given: ${stdout}${stderr}`);
  return password;
}

/** Creates an account with the common password. */
export async function makeAccount(rollcall: Rollcall, name: string, role: string, orgs = ""): Promise<void> {
  await enter(rollcall, name, await resetPassword(rollcall, name, role, orgs), PASSWORD);
}

const linkSchema = z.object({ link: z.object({ id: z.string() }), url: z.url() });

/** Creates a guest link for an endpoint. */
export async function makeLink(rollcall: Rollcall, endpointId: string, cookie = "") {
  const response = await change(rollcall, "POST", `/api/v1/endpoints/${endpointId}/links`, {
    body: { name: "On call", lifetime: "hour" },
    headers: { cookie },
  });
  const { link, url } = linkSchema.parse(await response.json());
  return { id: link.id, url, token: new URL(url).pathname.split("/").at(-1) ?? "" };
}

const tokenSchema = z.object({ token: z.object({ id: z.string() }), value: z.string() });

/** Creates a service token that reads everything, unless `request` says otherwise. */
export async function makeToken(rollcall: Pick<Rollcall, "url">, cookie: string, request: object) {
  const response = await change(rollcall, "POST", "/api/v1/tokens", {
    body: { name: "ci", scopes: ["read"], orgs: null, lifetime: "month", ...request },
    headers: { cookie },
  });
  const { token, value } = tokenSchema.parse(await response.json());
  return { id: token.id, token: value };
}

const codeSchema = z.object({ code: z.string() });
const screenSchema = z.object({ screen: z.object({ id: z.string() }) });

/** A screen that shows a code, and the cookie with which it polls for approval. */
export async function showCode(rollcall: Pick<Rollcall, "url">): Promise<{ code: string; cookie: string }> {
  const response = await change(rollcall, "POST", "/api/v1/pairings");
  return { code: codeSchema.parse(await response.json()).code, cookie: cookiesOf(response) };
}

export const EVERYTHING = { endpointIds: null, theme: "auto", rotateSeconds: null };

/** Pairs a screen. Resolves with its id and its pass. */
export async function pairScreen(
  rollcall: Rollcall,
  approver: string,
): Promise<{ id: string; cookie: string }> {
  const { code, cookie } = await showCode(rollcall);
  const approved = await change(rollcall, "POST", "/api/v1/screens", {
    body: { code, name: "Kitchen", displaySettings: EVERYTHING },
    headers: { cookie: approver },
  });
  const { screen } = screenSchema.parse(await approved.json());
  const claimed = await change(rollcall, "POST", "/api/v1/pairings/claim", { headers: { cookie } });
  return { id: screen.id, cookie: cookiesOf(claimed) };
}
