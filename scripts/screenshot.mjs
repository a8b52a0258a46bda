// Makes docs/screen.svg from a real run: the starter under `dev up` in tmux, with a few orders placed, as the terminal shows it.
// Needs tmux and what the starter needs.   Usage: node scripts/screenshot.mjs [columns] [rows]
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { interrupted } from "./bench/interrupt.mjs";
import { order } from "./bench/order.mjs";
import { dev, openStack, root } from "./bench/stack.mjs";
import { terminalSvg } from "./screenshot/terminal-svg.mjs";

const [columns = "100", rows = "24"] = process.argv.slice(2);
const stack = await openStack("screenshot", {
  COMPOSE_PROJECT_NAME: "shop",
  PROXY_PORT: "8088",
  LANG: "C.UTF-8",
  TERM: "xterm-256color",
  COLORTERM: "truecolor",
  FORCE_COLOR: "3",
});
delete stack.variables.CI;
const socket = join(stack.directory, "tmux.sock");
const tmux = (...args) =>
  execFileSync("tmux", ["-S", socket, ...args], { cwd: stack.directory, env: stack.variables, encoding: "utf8" });
const screen = () => tmux("capture-pane", "-p", "-e", "-t", "shop");

try {
  // Up before the screen opens: a start on a machine with other work on it is not what the picture is about.
  execFileSync(dev[0], [...dev.slice(1), "up", "--detach"], { cwd: stack.directory, env: stack.variables });
  tmux("-f", "/dev/null", "new-session", "-d", "-s", "shop", "-x", columns, "-y", rows, [...dev, "up"].join(" "));
  // Not "6 of 7 ready": the word stands alone, after its colour.
  await until(() => /mready/.test(screen().split("\n", 1)[0] ?? ""), 120_000);
  for (let count = 0; count < 3; count++) await order(`http://localhost:${stack.variables.PROXY_PORT}`, 400);
  const before = screen();
  await until(() => screen() !== before, 10_000);
  await mkdir(join(root, "docs"), { recursive: true });
  const picture = terminalSvg(screen(), { columns: Number(columns), rows: Number(rows) });
  await writeFile(join(root, "docs/screen.svg"), picture);
  console.log("docs/screen.svg");
} finally {
  try {
    tmux("kill-server");
  } catch {
    // It was never started.
  }
  await stack.remove();
}

async function until(holds, limitMs) {
  const end = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`the screen did not come:\n${screen()}`);
    await pause(100, undefined, { signal: interrupted });
  }
}
