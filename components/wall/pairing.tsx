"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import encodeQR from "qr";
import { useEffect, useState } from "react";

import { claimQuery, pairingQuery, pauseBeforeNextCode } from "@/lib/client/queries/pairing";

/** The code that somebody who is signed in approves, on the screen itself and to be read by a phone. */
export function Pairing({ isOverPicture }: { isOverPicture: boolean }) {
  const { pairing, keepsCookies, failure } = usePairing();
  return (
    <main className={clsx("wall-pairing", isOverPicture && "wall-pairing-over")}>
      <div>
        <h1 className="wall-text-large font-medium">
          {isOverPicture ? "This screen may not look any more." : "Let this screen look."}
        </h1>
        <p className="wall-text mt-[0.6em] max-w-[26em] text-quiet">
          {keepsCookies ? toInstruction(pairing?.url ?? null, failure) : noCookies()}
        </p>
        {keepsCookies && (
          <p className="wall-code" aria-label={pairing === undefined ? undefined : `Code ${pairing.code}`}>
            {pairing?.code ?? "····-····"}
          </p>
        )}
      </div>
      {keepsCookies && pairing !== undefined && <QrCode text={pairing.url} />}
    </main>
  );
}

function toInstruction(url: string | null, failure: string | null): string {
  if (url === null) return failure ?? "Asking for a code.";
  const { host, pathname } = new URL(url);
  return `Scan it with a phone, or open ${host}${pathname} anywhere and enter the code.`;
}

function noCookies(): string {
  return `This screen cannot be paired, because its browser does not keep Rollcall’s cookie. Allow cookies for ${location.host}, or, in a frame of another site, open the wall at its own address. It tries again by itself.`;
}

/**
 * The code to show. Once it is approved the page is loaded again, with the pass; once it is over the next one comes
 * after a pause, which grows while the browser keeps no cookie.
 */
function usePairing() {
  const { data: pairing, failureReason, refetch } = useQuery(pairingQuery());
  const { data: claim } = useQuery(claimQuery(pairing?.code ?? null));
  const [inVain, setInVain] = useState(0);
  const state = claim?.state ?? "waiting";
  useEffect(() => {
    if (state === "approved") location.reload();
    if (state === "approved" || state === "waiting") return;
    const timer = setTimeout(
      () => {
        setInVain(state === "no_cookie" ? inVain + 1 : 0);
        void refetch();
      },
      pauseBeforeNextCode(state === "no_cookie" ? inVain : 0),
    );
    return () => clearTimeout(timer);
  }, [state, inVain, refetch]);
  // Of a browser that lost its cookie before, a new code is shown once it is known to keep this one.
  const keepsCookies = state !== "no_cookie" && (inVain === 0 || claim !== undefined);
  return { pairing, keepsCookies, failure: failureReason?.message ?? null };
}

/** An address for a phone to read. Always dark on light: readers ask for that. */
function QrCode({ text }: { text: string }) {
  const rows = encodeQR(text, "raw", { border: 2 });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label="The same address as a QR code"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="wall-qr"
    >
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
