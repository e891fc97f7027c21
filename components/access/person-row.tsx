"use client";

import { useState } from "react";

import type { PersonView } from "@/lib/contract/people";

import { Moment } from "../ui/moment";
import { Cell } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";
import { PersonForm, type PersonTask } from "./person-form";

const tasks: readonly { task: PersonTask; word: string }[] = [
  { task: "access", word: "Change" },
  { task: "link", word: "New link" },
  { task: "removal", word: "Remove" },
];

/** One person, and below them the form of what the viewer is about to do with them. */
export function PersonRow({
  person,
  orgs,
  mayInvite,
}: {
  person: PersonView;
  orgs: readonly string[];
  mayInvite: boolean;
}) {
  const [open, setOpen] = useState<PersonTask | null>(null);
  const { name, isChangeable } = person;
  const offered = tasks.filter(({ task }) => isChangeable && (mayInvite || task === "removal"));
  return (
    <>
      <tr>
        <Cell>
          <span className="break-all">
            <Verbatim text={name} />
          </span>
          {person.isYou && <span className="text-quiet"> (you)</span>}
          <span className="block text-caption text-quiet">{toMethod(person)}</span>
        </Cell>
        <Cell>
          <span>{toAccess(person)}</span>
        </Cell>
        <Cell isMinor>
          <LastSeen person={person} />
        </Cell>
        <Cell>
          <span className="scripts-only flex flex-wrap justify-end gap-x-5 gap-y-1">
            {offered.map(({ task, word }) => (
              <TextButton
                key={task}
                aria-expanded={open === task}
                onClick={() => setOpen(open === task ? null : task)}
              >
                {word}
                <span className="sr-only"> {task === "link" ? `for ${name}` : name}</span>
              </TextButton>
            ))}
          </span>
        </Cell>
      </tr>
      {open !== null && (
        <tr>
          <td colSpan={4} className="pb-6">
            <PersonForm key={open} task={open} person={person} orgs={orgs} onDone={() => setOpen(null)} />
          </td>
        </tr>
      )}
    </>
  );
}

function toMethod({ signsInWith, isInvited }: PersonView): string {
  if (signsInWith !== "password") return `through ${signsInWith}`;
  return isInvited ? "invited" : "with a password";
}

function toAccess({ role, orgs }: PersonView): string {
  return orgs === null ? role : `${role} of ${orgs.join(", ")}`;
}

function LastSeen({ person: { isInvited, invitedUntil, lastSeenAt } }: { person: PersonView }) {
  if (lastSeenAt !== null) return <Moment at={lastSeenAt} />;
  if (!isInvited) return <span>not signed in</span>;
  if (invitedUntil === null) return <span>not yet</span>;
  return (
    <span>
      not yet; link until <Moment at={invitedUntil} />
    </span>
  );
}
