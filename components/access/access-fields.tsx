import type { AccessChange } from "@/lib/contract/people";
import { roles, type Role } from "@/lib/domain/role";

import { SelectField } from "../ui/field";

const roleWords: Readonly<Record<Role, string>> = {
  viewer: "Viewer: rollouts, acknowledgements, guest links, screens",
  administrator: "Administrator: also people, sessions, audit log and diagnostics",
};

/** Form fields for what a person may see and do. `toAccessChange` reads them. */
export function AccessFields({ start, orgs }: { start: AccessChange; orgs: readonly string[] }) {
  const all = [...new Set([...orgs, ...(start.orgs ?? [])])].toSorted();
  return (
    <div className="group grid gap-4">
      <SelectField label="Role" name="role" defaultValue={start.role}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {roleWords[role]}
          </option>
        ))}
      </SelectField>
      {(all.length > 1 || start.orgs !== null) && (
        <fieldset className="group-has-[[value=administrator]:checked]:hidden">
          <legend className="text-caption text-quiet">
            Limited to these organizations (none: sees all of them)
          </legend>
          <ul className="mt-1 flex flex-wrap gap-x-5">
            {all.map((org) => (
              <li key={org}>
                <label className="flex min-h-8 items-center gap-2">
                  <input
                    type="checkbox"
                    name="orgs"
                    value={org}
                    defaultChecked={start.orgs?.includes(org) ?? false}
                  />
                  {org}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
    </div>
  );
}

/** The fields → the access that they describe. An administrator is never limited. */
export function toAccessChange(fields: FormData): { role: unknown; orgs: readonly unknown[] | null } {
  const [role, orgs] = [fields.get("role"), fields.getAll("orgs")];
  return { role, orgs: role === "administrator" || orgs.length === 0 ? null : orgs };
}
