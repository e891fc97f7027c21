import { chromium, type Browser } from "playwright";

const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  "--disable-gpu",
];

/** A headless browser; `npm run bench` finds it and tests whether its sandbox works. */
export function openBrowser(): Promise<Browser> {
  const { ROLLCALL_CHROMIUM: path, ROLLCALL_CHROMIUM_SANDBOX: sandbox } = process.env;
  return chromium.launch({
    ...(path === undefined ? {} : { executablePath: path }),
    chromiumSandbox: sandbox === "on",
    args: quiet,
  });
}
