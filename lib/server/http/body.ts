import "server-only";

/** Room for a screen with 500 endpoints. */
const longestBody = 96 * 1024;

/** The text of a request's body; null if it has more than 96 KiB, in which case the rest is not read. */
async function readBody(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body as JSON; undefined if it is not JSON, or too long. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    const json: unknown = JSON.parse((await readBody(request)) ?? "");
    return json;
  } catch {
    return undefined;
  }
}

/** The fields of a form, empty if it is too long; null if the request is not a form. */
export async function readFields(request: Request): Promise<URLSearchParams | null> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded") return null;
  return new URLSearchParams((await readBody(request)) ?? "");
}
