"use client";

import type { SyntheticEvent } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import type { NewServiceToken } from "@/lib/contract/service-token";
import { tokenScopes, type TokenScope } from "@/lib/domain/token-scope";

import { CopyButton } from "../ui/copy-button";
import { SelectField, TextField } from "../ui/field";
import { Moment } from "../ui/moment";
import { PushButton } from "../ui/push-button";
import { Verbatim } from "../ui/verbatim";

const scopeWords: Readonly<Record<TokenScope, string>> = {
  read: "Endpoints and rollouts, through the API",
  metrics: "Metrics, for Prometheus",
  badge: "Badges, also those that are not public",
};

const lifetimeWords = { month: "30 days", quarter: "90 days", year: "one year" } as const;

/** Makes a service token and shows its value once; the value can’t be looked up later. Works without scripts. */
export function TokenForm({ orgs }: { orgs: readonly string[] }) {
  const { mutate, data, error, isPending } = useChange(({ newServiceToken }) => newServiceToken, {
    stale: queryKeys.serviceTokens,
  });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const limit = fields.getAll("orgs");
    const body = {
      ...{ name: fields.get("name"), lifetime: fields.get("lifetime"), scopes: fields.getAll("scopes") },
      orgs: limit.length === 0 ? null : limit,
    };
    mutate({ method: "POST", path: apiPaths.serviceTokens, body }, { onSuccess: () => form.reset() });
  };
  return (
    <>
      <form
        method="post"
        action={apiPaths.serviceTokens}
        onSubmit={submit}
        className="group grid max-w-[34rem] gap-4"
      >
        <TextField
          label="Name of the program, such as “deploy-pipeline”"
          name="name"
          required
          maxLength={80}
          pattern="[^\s\/\\]+"
          title="Without spaces and slashes"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Choices legend="May read">
          {tokenScopes.map((scope) => (
            <Choice key={scope} name="scopes" value={scope} isChosen={scope === "read"}>
              {scopeWords[scope]}
            </Choice>
          ))}
        </Choices>
        {orgs.length > 1 && (
          <div className="group-has-[[value=metrics]:checked]:hidden">
            <Choices legend="Limited to these organizations (none: reads all of them)">
              {orgs.map((org) => (
                <Choice key={org} name="orgs" value={org}>
                  {org}
                </Choice>
              ))}
            </Choices>
          </div>
        )}
        <SelectField label="Expires after" name="lifetime" defaultValue="quarter">
          {Object.entries(lifetimeWords).map(([lifetime, words]) => (
            <option key={lifetime} value={lifetime}>
              {words}
            </option>
          ))}
        </SelectField>
        <PushButton type="submit" disabled={isPending} className="justify-self-start">
          Create token
        </PushButton>
      </form>
      <div aria-live="polite">
        {error !== null && <p className="mt-4">{error.message}</p>}
        {data !== undefined && <NewToken created={data} />}
      </div>
    </>
  );
}

function Choices({ legend, children }: { legend: string; children: React.ReactNode }) {
  return (
    <fieldset>
      <legend className="text-caption text-quiet">{legend}</legend>
      <ul className="mt-1 flex flex-wrap gap-x-5">{children}</ul>
    </fieldset>
  );
}

type ChoiceProps = { name: string; value: string; isChosen?: boolean; children: string };

function Choice({ name, value, isChosen = false, children }: ChoiceProps) {
  return (
    <li>
      <label className="flex min-h-8 items-center gap-2">
        <input type="checkbox" name={name} value={value} defaultChecked={isChosen} />
        {children}
      </label>
    </li>
  );
}

/** The value, which is shown only now. */
function NewToken({ created: { token, value } }: { created: NewServiceToken }) {
  return (
    <div className="mt-4 max-w-[44rem] border-l-2 border-ink pl-4">
      <p>
        Give <Verbatim text={token.name} /> this token. It works until{" "}
        <Moment at={token.expiresAt} form="exact" />, and is not shown again.
      </p>
      <p>
        <span className="font-mono text-caption break-all">{value}</span>{" "}
        <CopyButton text={value} what={`the token for ${token.name}`} />
      </p>
    </div>
  );
}
