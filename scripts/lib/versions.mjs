/** Lowest versions without a known vulnerability that matters here; the registry's audit is not always reachable. */
const FLOOR = {
  next: "16.4.5",
  react: "19.2.8",
  "react-dom": "19.2.8",
  undici: "7.18.2",
  "next-auth": "4.24.15",
};
/** Older ones can lose a commit when a write meets a checkpoint. */
const SQLITE_FLOOR = "3.51.3";

/** The packages in a lockfile, and the SQLite of the driver, that are below the floor. */
export function tooOld(packages, sqliteVersion) {
  const mistakes = Object.entries(FLOOR)
    .map(([name, floor]) => [name, packages[`node_modules/${name}`]?.version, floor])
    .filter(([, version, floor]) => version !== undefined && isOlder(version, floor));
  if (isOlder(sqliteVersion, SQLITE_FLOOR)) mistakes.push(["SQLite", sqliteVersion, SQLITE_FLOOR]);
  return mistakes.map(([name, version, floor]) => `${name} is ${version} and must be ${floor} or newer`);
}

/** If the lockfile lacks a package for another system, `npm ci` fails on that system, or everywhere. */
export function missingOptionals(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isResolvable(packages, path, name))
      .map((name) => `${path || "the project"} wants ${name}, which package-lock.json does not name`),
  );
}

/** Resolves as Node does: beside the package, then beside each package that contains it. */
function isResolvable(packages, path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/")))) {
    if (packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`] !== undefined) return true;
    if (from === "") return false;
  }
}

function isOlder(version, floor) {
  const [ours, least] = [version, floor].map((text) => text.split("-")[0].split(".").map(Number));
  const differing = least.findIndex((part, index) => part !== ours[index]);
  return differing === -1 ? version.includes("-") : ours[differing] < least[differing];
}
