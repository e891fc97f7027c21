import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { ROOT, fromRoot } from "./lib/root.mjs";
import { readVersion } from "./lib/version.mjs";

const read = (file) => readFileSync(fromRoot(file), "utf8");
const files = execFileSync("git", ["ls-files", "deploy"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
const documents = (file) =>
  parseAllDocuments(read(file), { merge: true, strict: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });

const settings = [read("docs/settings.md"), read("lib/server/config/environment.ts")].join("\n");
const named = (text) =>
  [...text.matchAll(/\b(?:ROLLCALL|CEREBRAS|DATABASE)_[A-Z_]+\b/g)].map(([name]) => name);

const deployments = files.filter((file) => /^deploy\/(image|kubernetes|systemd)\//.test(file));

test.each(deployments)("%s names settings that exist", (file) => {
  expect(named(read(file)).filter((name) => !settings.includes(name))).toEqual([]);
});

test("every version is the one of this release", () => {
  const version = readVersion();
  for (const file of [
    "deploy/image/Dockerfile",
    "deploy/image/compose.yaml",
    "deploy/kubernetes/base/kustomization.yaml",
  ])
    expect(read(file), file).toContain(version);
});

describe("Kubernetes", () => {
  const manifests = files.filter((file) => file.startsWith("deploy/kubernetes/"));
  const overlays = ["embedded", "postgresql"];

  test.each(overlays)("%s uses every file beside it, and each has one object named rollcall", (overlay) => {
    for (const folder of ["base", overlay].map((name) => `deploy/kubernetes/${name}`)) {
      const [{ resources = [], patches = [] }] = documents(`${folder}/kustomization.yaml`);
      const used = [...resources, ...patches.map(({ path }) => path)].filter((path) =>
        path.endsWith(".yaml"),
      );
      const beside = manifests.filter(
        (file) => dirname(file) === folder && !file.endsWith("kustomization.yaml"),
      );
      expect(used.map((path) => join(folder, path)).sort()).toEqual(beside.sort());
      for (const file of beside) {
        const [object, ...more] = documents(file);
        expect(more).toEqual([]);
        expect(object).toMatchObject({ apiVersion: expect.any(String), kind: expect.any(String) });
        expect(object.metadata.name).toBe("rollcall");
      }
    }
  });

  test("a pod has no rights, and writes to its volumes only", () => {
    const [{ spec }] = documents("deploy/kubernetes/base/deployment.yaml");
    const pod = spec.template.spec;
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
    const [container] = pod.containers;
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.readinessProbe.httpGet.path).toBe("/readyz");
    expect(container.livenessProbe.httpGet.path).toBe("/livez");
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(container.lifecycle.preStop.sleep.seconds + 5);
  });
});

test("the containers of compose are read-only, and only nginx and the single instance have a port", () => {
  const [{ services }] = documents("deploy/image/compose.yaml");
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(["rollcall", "nginx"]);
  for (const name of ["rollcall", "instance-a", "instance-b"])
    expect(services[name]).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      image: `rollcall:${readVersion()}`,
    });
});

test("every alert leads to what to do", () => {
  const [{ groups }] = documents("deploy/prometheus-alerts.yml");
  const guide = read("docs/operations.md");
  for (const { alert, annotations } of groups.flatMap(({ rules }) => rules)) {
    expect(annotations.runbook_url).toMatch(new RegExp(`/docs/operations\\.md#${alert.toLowerCase()}$`));
    expect(guide).toMatch(new RegExp(`^### ${alert}\n\n\\S`, "m"));
  }
});
