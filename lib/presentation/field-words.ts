import type { DeploymentField } from "../domain/field-use";

const names: Record<DeploymentField, string> = {
  status: "Status",
  updatedReplicas: "Updated replicas",
  totalReplicas: "Total replicas",
  maxUnavailable: "Max unavailable",
  errorMessage: "Error message",
  versionAlias: "Version alias",
  model: "Model",
  createdAt: "Creation time",
  deploymentId: "Deployment id",
};

/** A field of a deployment, as a label. One that an older page does not know is named as it is. */
export function fieldName(field: string): string {
  return Object.entries(names).find(([known]) => known === field)?.[1] ?? field;
}

/** A guess: an unread field that may be one that a reply lacks. */
export type FieldGuess = { field: string; spelling: string };

/** How a reply was read; fields are named as in the API, and a page may know fewer of them. */
type Reading = {
  sources: readonly { field: string; spellings: readonly string[]; isNull: boolean }[];
  hints: readonly { spelling: string; field: string | null }[];
};

/** For each field that the reply lacks altogether, the unread one that is most likely it. */
export function guessMissingFields({ sources, hints }: Reading): FieldGuess[] {
  return sources.flatMap(({ field, spellings, isNull }) => {
    if (spellings.length > 0 || isNull) return [];
    const candidates = hints.filter((hint) => hint.field === field);
    const stem = field.replace(/[A-Z].*$/, "").toLowerCase();
    const guess = candidates.find(({ spelling }) => spelling.toLowerCase().includes(stem)) ?? candidates[0];
    return guess === undefined ? [] : [{ field, spelling: guess.spelling }];
  });
}

/** The settings that make Rollcall read these fields: in the settings file, and as an environment variable. */
export function fieldSettings(guesses: readonly FieldGuess[]): { file: string; environment: string } {
  return {
    file: ["fields:", ...guesses.map(({ field, spelling }) => `  ${field}: [${spelling}]`)].join("\n"),
    environment: `ROLLCALL_FIELDS=${guesses.map(({ field, spelling }) => `${field}=${spelling}`).join(",")}`,
  };
}
