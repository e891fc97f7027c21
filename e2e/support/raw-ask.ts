import { request, type Agent, type IncomingHttpHeaders } from "node:http";

export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Requests a path verbatim, with headers that fetch would not send. */
export function askRaw(
  base: string,
  path: string,
  options: { headers?: Record<string, string>; agent?: Agent } = {},
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(base);
  const { headers = {}, agent } = options;
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path, headers: { host, ...headers }, ...(agent === undefined ? {} : { agent }) },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => (body += text));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on("error", reject).end();
  });
}
