"use client";

import { useEffect, useState } from "react";

import { queryKeys } from "@/lib/client/queries";
import { useChange } from "@/lib/client/use-change";
import { apiPaths } from "@/lib/contract/paths";
import type { ScreenView } from "@/lib/contract/screen";

import { TextButton } from "../ui/text-button";
import { Verbatim } from "../ui/verbatim";

const undoFor = 10;

/** In the place of a screen that was just revoked: for ten seconds it can be undone. */
export function RevokedScreen({ screen, onOver }: { screen: ScreenView; onOver: () => void }) {
  const [left, setLeft] = useState(undoFor);
  const { mutate, isPending, error } = useChange(({ changedScreen }) => changedScreen, {
    stale: queryKeys.screens,
    onDone: onOver,
  });
  useEffect(() => {
    if (isPending) return;
    if (left === 0) {
      onOver();
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left, isPending, onOver]);
  return (
    <li className="border-t border-line py-6">
      <p>
        <span role="status">
          <Verbatim text={screen.name} /> was revoked. It shows a pairing code now.
        </span>{" "}
        <TextButton
          disabled={isPending}
          onClick={() => mutate({ method: "POST", path: apiPaths.restoreScreen(screen.id) })}
        >
          Undo<span className="sr-only"> the revocation of {screen.name}</span>
          <span aria-hidden="true">{` (${left} s)`}</span>
        </TextButton>
        {error !== null && <span className="ml-3 text-caption">{error.message}</span>}
      </p>
    </li>
  );
}
