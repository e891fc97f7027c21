import * as z from "zod/mini";

/** What the demo's strip can do; only the demo has it. */
export const demoStepSchema = z.enum(["deploy", "fail", "cut", "restore", "guest"]);

export type DemoStep = z.infer<typeof demoStepSchema>;

/** Where the strip's forms are sent. */
export const demoPath = (step: DemoStep) => `/api/demo/${step}`;
