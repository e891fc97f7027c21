"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useEffect } from "react";

import { claimQuery, pairingQuery } from "@/lib/client/queries/pairing";

import { QrCode } from "./qr-code";

/** The code that somebody who is signed in approves, on the screen itself and to be read by a phone. */
export function Pairing({ isOverPicture }: { isOverPicture: boolean }) {
  const { data: pairing, refetch } = useQuery(pairingQuery());
  return (
    <main className={clsx("wall-pairing", isOverPicture && "wall-pairing-over")}>
      <div>
        <h1 className="wall-text-large font-medium">
          {isOverPicture ? "This screen may not look any more." : "Let this screen look."}
        </h1>
        <p className="wall-text mt-[0.6em] max-w-[26em] text-quiet">
          {pairing === undefined
            ? "Asking for a code."
            : `Scan it with a phone, or open ${toPlace(pairing.url)} anywhere and enter the code.`}
        </p>
        <p className="wall-code" aria-label={pairing === undefined ? undefined : `Code ${pairing.code}`}>
          {pairing?.code ?? "····-····"}
        </p>
      </div>
      {pairing !== undefined && (
        <>
          <QrCode text={pairing.url} />
          <Claim code={pairing.code} onOver={refetch} />
        </>
      )}
    </main>
  );
}

function toPlace(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Asks whether somebody approved it; then the page is loaded again, with the pass. */
function Claim({ code, onOver }: { code: string; onOver: () => unknown }) {
  const { data } = useQuery(claimQuery(code));
  const state = data?.state ?? "waiting";
  useEffect(() => {
    if (state === "approved") location.reload();
    if (state === "over") onOver();
  }, [state, onOver]);
  return null;
}
