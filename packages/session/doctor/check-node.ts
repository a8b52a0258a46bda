import type { Check } from "./finding.ts";

// The oldest version that all dependencies support (package.json, engines).
const oldest = [20, 19] as const;

/** Node's version. */
export const checkNode: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  const message = `Node ${process.versions.node}`;
  if (!isOld) return [{ check: "node", level: "ok", message }];
  return [
    {
      check: "node",
      level: "problem",
      message: `${message} is too old`,
      fix: `Install Node ${oldest.join(".")} or newer: https://nodejs.org`,
    },
  ];
};
