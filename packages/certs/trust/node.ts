import type { TrustStore } from "./trust-store.ts";

/** Node has no store to add to: a variable names more roots (nodejs.org/api/cli.html, NODE_EXTRA_CA_CERTS). */
export const node: TrustStore = {
  name: "Node",
  asks: { programs: [], paths: [] },
  plan({ platform }, { path }, act) {
    const set = platform === "win32" ? `setx NODE_EXTRA_CA_CERTS "${path}"` : `export NODE_EXTRA_CA_CERTS="${path}"`;
    const advice =
      act === "install"
        ? [`The stack's own services trust it already. For other Node programs, in your shell's profile: ${set}`]
        : ["Remove NODE_EXTRA_CA_CERTS from your shell's profile if you have put it there."];
    return { store: node.name, commands: [], proof: undefined, advice };
  },
};
