import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { serveBare, type BareServer } from "./bare-server";

const types = new Map([
  [".css", "text/css"],
  [".woff2", "font/woff2"],
]);

/**
 * The same page with its scripts taken out, and its styles and fonts from the build, compressed in advance. It is the
 * least that the picture costs.
 */
export function serveStripped(html: string): Promise<BareServer> {
  const page = gzipSync(strip(html));
  const files = new Map<string, Buffer>();
  return serveBare((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const type = types.get(/\.\w+$/.exec(path)?.[0] ?? "");
    if (path.startsWith("/_next/static/") && type !== undefined) {
      const file = files.get(path) ?? read(path);
      files.set(path, file);
      response.setHeader("content-type", type);
      if (type === "text/css") response.setHeader("content-encoding", "gzip");
      response.end(file);
      return;
    }
    response.writeHead(path === "/" ? 200 : 404, { "content-type": "text/html", "content-encoding": "gzip" });
    response.end(path === "/" ? page : gzipSync(""));
  });
}

function strip(html: string): string {
  return html.replaceAll(/<script\b.*?<\/script>/gs, "").replaceAll(/<link\b[^>]*\bas="script"[^>]*>/g, "");
}

function read(path: string): Buffer {
  const file = readFileSync(join(".next", decodeURI(path.slice("/_next/".length))));
  return path.endsWith(".css") ? gzipSync(file) : file;
}
