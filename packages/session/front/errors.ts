import { DevError } from "@drydock/core";

/** Builds NO_DOMAIN (exit 2): production's names are unknown. */
export const noDomain = () =>
  new DevError("NO_DOMAIN", "The domain that production is reached at is not known.", {
    exitCode: 2,
    hint: 'Name it with --domain shop.example, or write front: { domain: "shop.example" } in dev.config.ts.',
  });

/** Builds FRONT_DID_NOT_START (exit 1): the proxy before the stack ended at once. */
export const frontDidNotStart = (reason: string, said: readonly string[]) =>
  new DevError("FRONT_DID_NOT_START", `The proxy before the stack did not start: ${reason}.`, {
    evidence: said,
    hint: "The services are reached at their own ports. `front: false` in dev.config.ts turns it off.",
  });

/** Builds FRONT_DID_NOT_RELOAD (exit 1): the proxy before the stack goes on with an old configuration. */
export const frontDidNotReload = (said: readonly string[]) =>
  new DevError("FRONT_DID_NOT_RELOAD", "The proxy before the stack did not take its new configuration.", {
    evidence: said,
    hint: "The old one goes on serving. `dev proxy check` looks at the new one.",
  });

/** Builds FRONT_PORTS (exit 1): no port can be had for HTTPS. */
export const noFrontPort = (first: number, last: number) =>
  new DevError("FRONT_PORTS", `Port 443 and all from ${first} to ${last} are taken.`, {
    hint: "`dev doctor` says who holds ports. `front: false` in dev.config.ts turns the proxy before the stack off.",
  });
