import type { Clock } from "@drydock/core";
import type { ChallengeSolver } from "./challenge.ts";
import { dnsCommand } from "./dns-command.ts";
import { httpListener } from "./http-listener.ts";
import { httpWebroot } from "./http-webroot.ts";

/** How names are shown to be ours. Paths and commands are those of `directory`. */
export type ChallengeWay =
  | { readonly kind: "http-listener"; readonly port: number }
  | { readonly kind: "http-webroot"; readonly folder: string }
  | { readonly kind: "dns-command"; readonly command: readonly string[]; readonly settleMs: number };

/** The solver of a way. It holds nothing until it is asked to set something. */
export function challengeSolver(way: ChallengeWay, directory: string, clock: Clock): ChallengeSolver {
  switch (way.kind) {
    case "http-listener":
      return httpListener(way.port);
    case "http-webroot":
      return httpWebroot(way.folder, directory);
    case "dns-command":
      return dnsCommand(way.command, way.settleMs, directory, clock);
  }
}
