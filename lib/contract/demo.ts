import * as z from "zod/mini";

import { basePath } from "./base-path";

/** What the demo's strip can do; only the demo has it. */
export const demoStepSchema = z.enum(["deploy", "fail", "cut", "restore", "guest"]);

export type DemoStep = z.infer<typeof demoStepSchema>;

/** The administrator of the demo with sign-in. Not a secret: the demo listens on this machine only. */
export const demoAccount = { name: "admin", password: "rollcall-demo" } as const;

/** Where the strip's forms are sent. */
export const demoPath = (step: DemoStep) => `${basePath}/api/demo/${step}`;
