import { cp, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BUILT = resolve(".next/standalone");
const NEWER = "newer00000000000";

/**
 * A copy of the built application that acts as the next release: it has another build id, and the scripts that contain the
 * id have other addresses.
 */
export async function makeNewerBuild(): Promise<{ server: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-newer-"));
  const built = join(directory, ".next");
  await cp(join(BUILT, ".next"), built, { recursive: true });
  await cp(join(BUILT, "server.js"), join(directory, "server.js"));
  await cp(join(BUILT, "package.json"), join(directory, "package.json"));
  await symlink(join(BUILT, "node_modules"), join(directory, "node_modules"));
  const build = (await readFile(join(built, "BUILD_ID"), "utf8")).trim();
  const names = await renameScriptsThatName(build, join(built, "static", "chunks"));
  await replaceIn(built, [[build, NEWER], ...names]);
  await rename(join(built, "static", build), join(built, "static", NEWER));
  return {
    server: join(directory, "server.js"),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

type Replacement = readonly [former: string, next: string];

async function renameScriptsThatName(build: string, directory: string): Promise<Replacement[]> {
  const renamed: Replacement[] = [];
  for (const name of await readdir(directory)) {
    if (!name.endsWith(".js") || !(await readFile(join(directory, name), "utf8")).includes(build)) continue;
    await rename(join(directory, name), join(directory, `newer-${name}`));
    renamed.push([name, `newer-${name}`]);
  }
  return renamed;
}

async function replaceIn(directory: string, replacements: readonly Replacement[]): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|json|html|rsc|txt)$|BUILD_ID$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, "utf8");
    let next = text;
    for (const [former, later] of replacements) next = next.replaceAll(former, later);
    if (next !== text) await writeFile(path, next);
  }
}
