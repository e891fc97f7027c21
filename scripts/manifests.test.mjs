import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import ts from "typescript";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";

import { ROOT, fromRoot } from "./lib/root.mjs";

/** Where the schema and the type of each kind are: made from the OpenAPI documents of Kubernetes and of its operator. */
const modules = {
  Deployment: "kubernetes-models/apps/v1/Deployment",
  Service: "kubernetes-models/v1/Service",
  NetworkPolicy: "kubernetes-models/networking.k8s.io/v1/NetworkPolicy",
  PersistentVolumeClaim: "kubernetes-models/v1/PersistentVolumeClaim",
  PodDisruptionBudget: "kubernetes-models/policy/v1/PodDisruptionBudget",
  ServiceMonitor: "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor",
};

const require = createRequire(import.meta.url);
const read = (path) => parse(readFileSync(fromRoot(join("deploy/kubernetes", path)), "utf8"));

/** The objects of an overlay, as Kustomize makes them of the features that are used here. */
function build(overlay) {
  const resourcesOf = (folder) =>
    read(join(folder, "kustomization.yaml"))
      .resources.filter((path) => path.endsWith(".yaml"))
      .map((path) => read(join(folder, path)));
  const objects = [...resourcesOf("base"), ...resourcesOf(overlay)];
  const [{ pairs }] = read("base/kustomization.yaml").labels;
  const selected = {
    spec: { selector: { matchLabels: pairs }, template: { metadata: { labels: pairs } } },
  };
  const patches = read(join(overlay, "kustomization.yaml")).patches.map(({ path }) =>
    read(join(overlay, path)),
  );
  return objects.map((object) =>
    object.kind === "Deployment" ? [...patches, selected].reduce(patch, object) : object,
  );
}

/** A strategic merge: lists of named things are merged by name, other lists are replaced. */
function patch(value, change) {
  if (Array.isArray(change)) {
    if (!Array.isArray(value) || change.some(({ name }) => name === undefined)) return change;
    const added = change.filter(({ name }) => !value.some((each) => each.name === name));
    const named = (name) => change.find((each) => each.name === name) ?? {};
    return [...value.map((each) => patch(each, named(each.name))), ...added];
  }
  if (typeof change !== "object" || typeof value !== "object") return change;
  const changed = Object.entries(change)
    .filter(([name]) => !name.startsWith("$"))
    .map(([name, to]) => [name, patch(value[name] ?? {}, to)]);
  return { ...value, ...Object.fromEntries(changed) };
}

/** What the schema of its kind says about an object. */
function check(object) {
  const Model = require(modules[object.kind])[object.kind];
  try {
    new Model(object).validate();
    return null;
  } catch (error) {
    return error.message;
  }
}

/** What the compiler says about these objects: schemas allow unknown fields, types do not. */
function compile(objects) {
  const directory = mkdtempSync(join(ROOT, "node_modules/.cache-manifests-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "manifests.ts");
  const lines = objects.flatMap((object, nth) => [
    `import type { I${object.kind} as Kind${nth} } from "${modules[object.kind]}";`,
    `export const object${nth}: Kind${nth} = ${JSON.stringify(object)};`,
  ]);
  writeFileSync(file, lines.join("\n"));
  const program = ts.createProgram([file], {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ["lib.es2022.d.ts"] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const overlays = ["embedded", "postgresql"];
const misspelt = (text) => JSON.parse(text.replace("readinessProbe", "readinesProbe"));

test.each(overlays)("the schemas of Kubernetes accept what %s makes", (overlay) => {
  const objects = build(overlay);
  expect(objects.length).toBeGreaterThan(3);
  expect(objects.map(check)).toEqual(objects.map(() => null));
  const [deployment] = objects;
  expect(check({ ...deployment, spec: { ...deployment.spec, replicas: "three" } })).toContain("integer");
});

test("every field exists", () => {
  const objects = overlays.flatMap(build);
  expect(compile(objects)).toEqual([]);
  expect(compile([misspelt(JSON.stringify(objects[0]))])).toEqual([expect.stringContaining("readinesProbe")]);
}, 60_000);
