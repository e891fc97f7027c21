import "./globals.css";

import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";

import { Providers } from "@/components/site/providers";
import { earlyEventsScript } from "@/lib/client/early-events";
import { missingScriptsScript } from "@/lib/client/missing-scripts";
import { themeScript } from "@/lib/client/theme-script";
import { localizeScript } from "@/lib/client/time/write-moment";
import { basePath } from "@/lib/contract/base-path";
import { dark, light } from "@/lib/presentation/palette";

import { mono, sans } from "./fonts";

export const metadata: Metadata = {
  manifest: `${basePath}/manifest.webmanifest`,
  icons: { apple: `${basePath}/apple-touch-icon.png` },
  // Like public/robots.txt, for crawlers that follow a link from elsewhere.
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: light.ground },
    { media: "(prefers-color-scheme: dark)", color: dark.ground },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        {/* As a module, because other inline scripts wait for the style sheet, and the HTML behind them for both. */}
        <script
          type="module"
          async
          blocking="render"
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{
            __html: [themeScript(), earlyEventsScript(), missingScriptsScript()].join(";"),
          }}
        />
      </head>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: localizeScript() }}
        />
      </body>
    </html>
  );
}
