"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import encodeQR from "qr";
import { useEffect, useState } from "react";

import { claimQuery, pairingQuery, pauseBeforeNextCode } from "@/lib/client/pairing";
import { cookieProblem, gettingCode, pairHeading } from "@/lib/presentation/pairing-words";

/** The pairing code, as text and as a QR code for a phone. A signed-in user enters it on the page `/pair`. */
export function Pairing({ isOverPicture }: { isOverPicture: boolean }) {
  const { pairing, keepsCookies, failure } = usePairing();
  return (
    <main className={clsx("wall-pairing", isOverPicture && "wall-pairing-over")}>
      <div>
        <h1 className="wall-text-large font-medium">
          {isOverPicture ? "This screen was disconnected." : pairHeading}
        </h1>
        <p className="wall-text mt-[0.6em] max-w-[26em] text-quiet">
          {keepsCookies
            ? toInstruction(pairing?.url ?? null, failure)
            : `${cookieProblem(location.host)} It retries automatically.`}
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
  if (url === null) return failure ?? gettingCode;
  const { host, pathname } = new URL(url);
  return `Scan the QR code with a phone, or open ${host}${pathname} on any device and enter the code.`;
}

/**
 * The code to show. After approval the page reloads with the screen's cookie. After expiry the next code follows after
 * a pause, which grows while the browser keeps no cookie.
 */
function usePairing() {
  const { data: pairing, failureReason, refetch } = useQuery(pairingQuery());
  const { data: claim } = useQuery(claimQuery(pairing?.code ?? null));
  const [lostCookies, setLostCookies] = useState(0);
  const state = claim?.state ?? "waiting";
  useEffect(() => {
    if (state === "approved") location.reload();
    if (state === "approved" || state === "waiting") return;
    const timer = setTimeout(
      () => {
        setLostCookies(state === "no_cookie" ? lostCookies + 1 : 0);
        void refetch();
      },
      pauseBeforeNextCode(state === "no_cookie" ? lostCookies : 0),
    );
    return () => clearTimeout(timer);
  }, [state, lostCookies, refetch]);
  // After a lost cookie, a new code is only shown once the browser has kept its cookie.
  const keepsCookies = state !== "no_cookie" && (lostCookies === 0 || claim !== undefined);
  return { pairing, keepsCookies, failure: failureReason?.message ?? null };
}

/** Always dark on light, because some scanners can't read the inverse. */
function QrCode({ text }: { text: string }) {
  const rows = encodeQR(text, "raw", { border: 2 });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      role="img"
      aria-label="QR code of the address"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="wall-qr"
    >
      <rect width={rows.length} height={rows.length} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
