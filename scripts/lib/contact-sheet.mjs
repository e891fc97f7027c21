import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "./root.mjs";

const FOLDER = fromRoot(".cache/shots");
const WAY = /-(\d+-(?:light|dark)|print|forced-(?:light|dark))\.png$/;

/**
 * Writes a page with every picture of `npm run shots`, those of one state in one row; a picture that replaced another one
 * has the former one above it. Returns the page's path.
 */
export function writeContactSheet() {
  const latest = join(FOLDER, "latest");
  mkdirSync(latest, { recursive: true });
  const files = readdirSync(latest).filter((file) => WAY.test(file));
  const states = [...new Set(files.map((file) => file.replace(WAY, "")))].sort();
  const rows = states.map((state) => {
    const own = files.filter((file) => file.replace(WAY, "") === state);
    const cells = own.sort(byWay).map((file) => toCell(file, existsSync(join(FOLDER, "former", file))));
    return `<h2 id="${state}">${state}</h2><div>${cells.join("")}</div>`;
  });
  const path = join(FOLDER, "index.html");
  const links = states.map((state) => `<a href="#${state}">${state}</a>`).join(" ");
  writeFileSync(path, `${HEAD}<p>${links}</p>${rows.join("\n")}`);
  return path;
}

function byWay(one, other) {
  const width = (file) => Number(/-(\d+)-(?:light|dark)\.png$/.exec(file)?.[1] ?? Infinity);
  return width(one) - width(other) || one.localeCompare(other);
}

function toCell(file, hasFormer) {
  const picture = (folder) =>
    `<a href="${folder}/${file}"><img loading="lazy" src="${folder}/${file}" alt="${folder}"></a>`;
  const way = WAY.exec(file)?.[1] ?? "";
  return `<figure>${hasFormer ? picture("former") : ""}${picture("latest")}<figcaption>${way}</figcaption></figure>`;
}

const HEAD = `<!doctype html><meta charset="utf-8"><title>Shots</title><style>
body { font: 14px system-ui; margin: 24px; background: #888 }
div { display: flex; gap: 12px; overflow-x: auto; align-items: start }
figure { margin: 0; flex: none } img { display: block; height: 360px; max-width: 640px; object-fit: cover; object-position: top; margin-top: 6px } h2 { margin: 24px 0 6px }
</style>
`;
