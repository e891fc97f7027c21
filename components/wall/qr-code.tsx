import encodeQR from "qr";

/** An address for a phone to read. Always dark on light: readers ask for that. */
export function QrCode({ text }: { text: string }) {
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
