// Makes docs/screen.svg from a real run: the starter under `dev up` in tmux, with a few orders placed, as the terminal shows it.
// Needs tmux and what the starter needs.   Usage: node scripts/screenshot.mjs [columns] [rows]
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { order } from "./bench/stack.mjs";
import { terminalSvg } from "./screenshot/terminal-svg.mjs";

const root = join(import.meta.dirname, "..");
const [columns = "100", rows = "24"] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "drydock-screenshot-"));
const stack = join(folder, "shop");
const socket = `drydock-screenshot-${process.pid}`;
const dev = [process.execPath, join(root, "packages/cli/bin/dev.js")];
const variables = {
  ...process.env,
  PROXY_PORT: "8088",
  LANG: "C.UTF-8",
  TERM: "xterm-256color",
  COLORTERM: "truecolor",
  FORCE_COLOR: "3",
};
delete variables.CI;
const tmux = (...args) =>
  execFileSync("tmux", ["-L", socket, ...args], { cwd: stack, env: variables, encoding: "utf8" });
const screen = () => tmux("capture-pane", "-p", "-e", "-t", "shop");

try {
  await cp(join(root, "templates/starter"), stack, {
    recursive: true,
    filter: (path) => !/node_modules|\/\.dev$/.test(path.slice(root.length)),
  });
  tmux("-f", "/dev/null", "new-session", "-d", "-s", "shop", "-x", columns, "-y", rows, [...dev, "up"].join(" "));
  await until(() => /ready in /.test(screen()), 120_000);
  for (let count = 0; count < 3; count++) await order(`http://127.0.0.1:${variables.PROXY_PORT}`, 400);
  const before = screen();
  await until(() => screen() !== before, 10_000);
  await mkdir(join(root, "docs"), { recursive: true });
  await writeFile(
    join(root, "docs/screen.svg"),
    terminalSvg(screen(), { columns: Number(columns), rows: Number(rows) }),
  );
  console.log("docs/screen.svg");
} finally {
  try {
    tmux("kill-server");
  } catch {
    // It was never started.
  }
  execFileSync(dev[0], [dev[1], "down", "--volumes", "--yes"], { cwd: stack, env: variables, stdio: "ignore" });
  await rm(folder, { recursive: true, force: true });
}

async function until(holds, limitMs) {
  const end = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`the screen did not come:\n${screen()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
