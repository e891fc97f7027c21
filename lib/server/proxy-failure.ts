import "server-only";

/** A request that failed at the proxy in HTTPS_PROXY. The message is for people and quotes no address. */
export class ProxyFailure extends Error {
  constructor(
    what: string,
    /** Short, for the log: a status or an error code. */
    readonly detail: string,
  ) {
    super(`The proxy in HTTPS_PROXY ${what} (${detail}).`);
  }
}

/** The failure for a proxy that answered the request for a tunnel (CONNECT) with this status. */
export function refusedByProxy(status: number): ProxyFailure {
  return new ProxyFailure("refused the connection", String(status));
}

/**
 * The failure if the proxy is the reason for this error of a request through it, by undici, its `fetch`, Node's http or
 * nodemailer; null if it is not, or if that is unknown.
 */
export function toProxyFailure(error: unknown): ProxyFailure | null {
  if (error instanceof ProxyFailure) return error;
  if (!(error instanceof Error)) return null;
  // Both clients give the status in the message only.
  const [, status] =
    /^(?:Proxy response \(|Invalid response from proxy: )(\d{3})\b/.exec(error.message) ?? [];
  if (status !== undefined) return refusedByProxy(Number(status));
  const code = "code" in error ? String(error.code) : "";
  if (isNeverConnected(code)) return new ProxyFailure("cannot be reached", code);
  if (code === "EPROXY") return new ProxyFailure("closed the connection", code);
  return toProxyFailure(error.cause);
}

/** Through a proxy only the proxy is connected to: it looks up the host and connects to it. */
function isNeverConnected(code: string): boolean {
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code);
}
