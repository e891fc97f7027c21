import "server-only";

import * as z from "zod";

import { deploymentFields, type DeploymentField, type FurtherSpellings } from "@/lib/domain/field-use";
import { fieldOf } from "@/lib/server/upstream/wire/fields";

const mostSpellings = 10;
const mostInSpelling = 100;

const spelling = z
  .string({ error: "must be the name of a field, such as replicas_done or rollout.done." })
  .max(mostInSpelling, `is longer than ${mostInSpelling} characters.`)
  .refine(
    (name) => name.split(".").length <= 2,
    "has more than one dot. Rollcall looks for a field in the deployment, or one object down (rollout.done).",
  )
  .refine(
    (name) => name.split(".").every((part) => /^[^\s.,|=]+$/.test(part)),
    "is not the name of a field: it is empty or holds a space, a comma, = or |.",
  );

const spellings = z
  .array(spelling, { error: "must be a list of field names, such as [rollout.done]." })
  .max(mostSpellings, `lists more than ${mostSpellings} names.`);

/** `fields` of the settings: further names of a deployment's fields. A name may stand for one field only. */
export const furtherSpellings = z
  .record(z.string(), z.unknown(), {
    error: "must list names by field, such as { updatedReplicas: [rollout.done] }.",
  })
  .transform((given, context): FurtherSpellings => {
    const found: Partial<Record<DeploymentField, string[]>> = {};
    const owners = new Map<string, DeploymentField>();
    const refuse = (path: (string | number)[], message: string) =>
      context.issues.push({ code: "custom", input: given, path, message });
    for (const [name, value] of Object.entries(given)) {
      const field = deploymentFields.find((known) => known === name);
      if (field === undefined) {
        refuse([name], `is not a field that Rollcall reads. These are: ${deploymentFields.join(", ")}.`);
        continue;
      }
      const parsed = spellings.safeParse(value);
      for (const { path, message } of parsed.error?.issues ?? [])
        refuse([name, ...path.map((part) => (typeof part === "number" ? part : String(part)))], message);
      for (const [index, each] of (parsed.data ?? []).entries()) {
        const owner: DeploymentField = fieldOf(each) ?? owners.get(each) ?? field;
        owners.set(each, owner);
        if (owner !== field)
          refuse(
            [name, index],
            `is “${each}”, which Rollcall reads as ${owner}. Use a name for one field only.`,
          );
      }
      found[field] = parsed.data ?? [];
    }
    return found;
  });

/** ROLLCALL_FIELDS: `updatedReplicas=rollout.done|replicas_done,totalReplicas=rollout.total`. */
export const fieldsVariable = z.string().transform((text, context): FurtherSpellings => {
  const given: Record<string, string[]> = {};
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const [, field = "", names = ""] = /^([^=]*)=(.*)$/s.exec(entry) ?? [];
    if (field === "") {
      const message = `contains “${entry}”. Write FIELD=NAME, such as updatedReplicas=rollout.done.`;
      context.issues.push({ code: "custom", input: text, message });
      continue;
    }
    given[field.trim()] = [...(given[field.trim()] ?? []), ...names.split("|").map((name) => name.trim())];
  }
  const parsed = furtherSpellings.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) {
    const [field = "", index] = path.map(String);
    const place = index === undefined ? `“${field}”` : `name ${Number(index) + 1} of ${field}`;
    context.issues.push({ code: "custom", input: text, message: `has a mistake: ${place} ${message}` });
  }
  return parsed.data ?? {};
});
