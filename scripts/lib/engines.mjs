import { launch } from "./children.mjs";
import { onPath } from "./browser.mjs";
import { fail } from "./say.mjs";

/** Larger than any picture that the journeys take, with the toolbar above it. */
const SCREEN = "2000x1900x24";

/** What each engine needs: its programs, and Debian's packages that have them. */
const ENGINES = [
  { name: "firefox", needs: { "firefox-esr": ["firefox-esr", "firefox"] } },
  { name: "webkitgtk", needs: { "webkit2gtk-driver": ["WebKitWebDriver"], xvfb: ["Xvfb"] } },
];

/**
 * Finds the engines that the arguments select, and starts a screen for the one that draws nowhere else. Ends everything
 * if a program is missing, naming its package. Returns the environment variables with which the journeys find them.
 */
export async function ensureEngines(args) {
  const wanted = ENGINES.filter(({ name }) => isSelected(name, args));
  const needs = Object.entries(Object.assign({}, ...wanted.map((engine) => engine.needs)));
  const found = Object.fromEntries(needs.map(([name, programs]) => [name, onPath(programs)[0]]));
  const missing = needs.filter(([name]) => found[name] === undefined);
  if (missing.length > 0) await fail(toAdvice(missing));
  return {
    ROLLCALL_FIREFOX: found["firefox-esr"],
    ROLLCALL_WEBKIT_DRIVER: found["webkit2gtk-driver"],
    ...(found.xvfb === undefined ? {} : { DISPLAY: await startScreen(found.xvfb) }),
  };
}

function isSelected(name, args) {
  const chosen = args.filter((arg) => arg.startsWith("--project="));
  return chosen.length === 0 || chosen.includes(`--project=${name}`);
}

function toAdvice(missing) {
  const programs = missing.map(([, [program]]) => program).join(" and ");
  const packages = missing.map(([name]) => name).join(" ");
  return (
    `Not found: ${programs}. Install them and run this again; on Debian and Ubuntu: apt-get install ${packages}\n` +
    "To run one engine only: npm run e2e:engines -- --project=firefox (or webkitgtk)"
  );
}

/** Resolves with the name of an X display in memory, once it can be drawn on. */
function startScreen(program) {
  return new Promise((resolve) => {
    const onLine = (line) => /^\d+$/.test(line) && resolve(`:${line}`);
    const screen = launch(program, ["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"], {
      onLine,
    });
    void screen.ended.then(() => fail(`${program} ended before the journeys did.`));
  });
}
