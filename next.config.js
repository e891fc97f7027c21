import { readBasePath } from "./scripts/lib/base-path.mjs";
import { sourceHash } from "./scripts/lib/source-hash.mjs";
import { ROOT } from "./scripts/lib/root.mjs";
import { readVersion } from "./scripts/lib/version.mjs";

const build = sourceHash();
const basePath = readBasePath();

/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  basePath,
  // A proxy may add the last slash to the base path (nginx does), and a redirect back would never end.
  skipTrailingSlashRedirect: basePath !== "",
  outputFileTracingRoot: ROOT,
  turbopack: { root: ROOT },
  generateBuildId: () => build,
  // Inlined wherever the application reads them from process.env: the same source gives the same build.
  env: { ROLLCALL_BASE_PATH: basePath, ROLLCALL_BUILD: build, ROLLCALL_VERSION: readVersion() },
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  compress: true,
  devIndicators: false,
  // `npm run check` looks at the types; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  // proxy.ts sets the headers of pages, and routes set their own; neither handles these files.
  headers: () => [
    { source: "/_next/static/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
    {
      source: "/cli/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cache-Control", value: "public, max-age=300" },
      ],
    },
    {
      source:
        "/:file(icon\\.svg|(?:icon-192|icon-512|icon-maskable-512|apple-touch-icon)\\.png|manifest\\.webmanifest|robots\\.txt)",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cache-Control", value: "public, max-age=86400" },
      ],
    },
  ],
  // Loading all pages at the start takes nearly half of its time; the first viewer of a page waits a tenth of a second instead.
  experimental: { preloadEntriesOnStart: false },
  serverExternalPackages: ["better-sqlite3", "pino", "prom-client"],
};

export default config;
