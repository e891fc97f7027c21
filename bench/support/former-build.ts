import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Builds the application as it was at a commit, with the packages of that commit, which takes minutes. Rejects when git
 * does not know the commit, or when its build fails.
 */
export async function makeFormerBuild(
  commit: string,
): Promise<{ server: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "rollcall-former-"));
  const remove = async () => {
    await rm(directory, { recursive: true, force: true });
    await run("git", ["worktree", "prune"]);
  };
  try {
    await run("git", ["worktree", "add", "--detach", directory, commit]);
    await run(process.execPath, ["scripts/build.mjs"], { cwd: directory });
  } catch (error) {
    await remove();
    throw error;
  }
  return { server: join(directory, ".next/standalone/server.js"), remove };
}
