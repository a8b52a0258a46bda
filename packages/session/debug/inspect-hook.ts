import { debugVariable } from "@drydock/core";

/** Where the hook lies in a container. */
export const hookInContainer = "/drydock/inspect.cjs";

/** Inside a container, where nobody else is. */
export const portInContainer = 9229;

/** What the hook is told by `debugVariable`: from which port on it looks for a free one, among how many, and whether it waits for a debugger. */
export const hookWords = (port: number, count: number, waits: boolean): string =>
  [port, count, ...(waits ? ["wait"] : [])].join(" ");

/**
 * Loaded before a Node program by NODE_OPTIONS, which every Node program below a service gets: it opens the inspector on loopback in the first that is
 * the service itself. Not in npm and other tools that only start it, not in what `docker exec` runs, not in what the service starts, not in threads.
 */
export const inspectHook = `"use strict";
const { readFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");
const words = process.env.${debugVariable};
if (words && isMainThread && !isTool() && !isExecuted()) listen(words.split(" "));

function listen([first, count, wait]) {
  delete process.env.${debugVariable};
  const inspector = require("node:inspector");
  for (let port = Number(first); port < Number(first) + Number(count) && !inspector.url(); port++) {
    try {
      inspector.open(port, "127.0.0.1");
    } catch {
      // Another replica's.
    }
  }
  if (wait && inspector.url()) inspector.waitForDebugger();
}

function isTool() {
  const isWatching = process.execArgv.some((word) => word.startsWith("--watch"));
  if (isWatching && !process.env.WATCH_REPORT_DEPENDENCIES) return true;
  const program = (process.argv[1] || "").replaceAll("\\\\", "/");
  return (
    /(^|\\/)(npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?(\\.[cm]?js)?$/.test(program) ||
    /(^|\\/)(nodemon|ts-node-dev|tsnd|node-dev|concurrently|cross-env|cross-env-shell|dotenv|dotenvx|env-cmd|npm-run-all|run-[sp]|turbo|nx|lerna|wireit|pm2)(\\.[cm]?js)?$/.test(program) ||
    /\\/\\.bin\\/tsx$|\\/tsx\\/dist\\/cli\\.mjs$/.test(program)
  );
}

// A program that was not started by the first one of its container has no parent there.
function isExecuted() {
  if (__filename !== "${hookInContainer}") return false;
  try {
    for (let pid = process.pid; pid !== 1; ) {
      const stat = readFileSync(\`/proc/\${pid}/stat\`, "utf8");
      pid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (pid === 0) return true;
    }
  } catch {
    return false;
  }
  return false;
}
`;
