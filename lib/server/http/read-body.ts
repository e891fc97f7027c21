import "server-only";

const longestBody = 16 * 1024;

/** The text of a request's body; null where it has more than 16 KiB, of which the rest is then not read. */
export async function readBody(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The same as JSON; undefined where it is none, or too long. */
export async function readJson(request: Request): Promise<unknown> {
  try {
    const json: unknown = JSON.parse((await readBody(request)) ?? "");
    return json;
  } catch {
    return undefined;
  }
}
