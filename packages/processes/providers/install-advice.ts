import type { ServerKind } from "@drydock/core";

const advice: Readonly<
  Record<ServerKind, { readonly darwin: string; readonly linux: string; readonly win32: string }>
> = {
  mongo: {
    darwin: "Install it with: brew tap mongodb/brew && brew install mongodb-community",
    linux:
      "Install mongod from https://www.mongodb.com/docs/manual/administration/install-on-linux/, or let it be downloaded once: DRYDOCK_ALLOW_DOWNLOAD=1 dev up",
    win32: "Install it with: winget install MongoDB.Server",
  },
  redis: {
    darwin: "Install it with: brew install redis",
    linux: "Install it with: sudo apt-get install redis-server (Debian, Ubuntu) or sudo dnf install redis (Fedora)",
    win32: "Redis has no Windows program: run this project in WSL",
  },
  nginx: {
    darwin: "Install it with: brew install nginx",
    linux: "Install it with: sudo apt-get install nginx (Debian, Ubuntu) or sudo dnf install nginx (Fedora)",
    win32: "Install it with: winget install nginxinc.nginx",
  },
};

/** How to install a server on this platform, as the beginning of a sentence. */
export function installAdvice(kind: ServerKind, platform: NodeJS.Platform = process.platform): string {
  return platform === "darwin" || platform === "win32" ? advice[kind][platform] : advice[kind].linux;
}
