import { resolve } from "node:path";
import { readBasePath } from "./lib/base-path.mjs";
import { ensureBuild } from "./lib/application.mjs";
import { assembleImage } from "./lib/image.mjs";
import { endWhenInterrupted } from "./lib/interruption.mjs";
import { ensurePackages } from "./lib/packages.mjs";
import { fail, say } from "./lib/say.mjs";

const [target] = process.argv.slice(2);
if (target === undefined) await fail("Usage: npm run image DIRECTORY");
endWhenInterrupted();
await ensurePackages();
const basePath = readBasePath();
await ensureBuild(basePath);
const size = await assembleImage(resolve(process.env.INIT_CWD ?? ".", target), basePath);
say(`Assembled ${target}: ${Math.round(size / 1_000_000)} MB. node ${target}/rollcall.mjs start runs it.`);
