import localFont from "next/font/local";

// `optional`: a font that arrives late is used on the next page and does not shift this one. See fonts/README.md.
export const sans = localFont({
  src: "./fonts/geist-sans.woff2",
  variable: "--font-geist-sans",
  weight: "400 700",
  display: "optional",
});

export const mono = localFont({
  src: "./fonts/geist-mono.woff2",
  variable: "--font-geist-mono",
  weight: "400 700",
  display: "optional",
});
