import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { rolldown } from "rolldown";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

const hasTmux = isThere("tmux");

// Inside the repository, so that the bundle finds its libraries.
const cache = join(import.meta.dirname, "../../node_modules/.cache");
let folder = "";
// In the system's folder: the path of a socket must be short.
let sockets = "";
let servers = 0;

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["-V"]);
    return true;
  } catch {
    return false;
  }
}

const tmux = (...words: readonly string[]): string =>
  execFileSync("tmux", ["-S", join(sockets, String(servers)), ...words], { encoding: "utf8" });
const screen = (): string => tmux("capture-pane", "-p", "-t", "screen");
const tell = (format: string): string => tmux("display-message", "-p", "-t", "screen", format).trim();

/** The processes of the screen under test. */
function processes(): readonly number[] {
  const found = spawnSync("pgrep", ["-f", `^${process.execPath} ${folder}/screen.js`], { encoding: "utf8" }).stdout;
  return found
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
}

async function open(script: string, columns: number, rows: number): Promise<void> {
  // A server of its own for each test: one that was told to end goes on ending for a while.
  servers += 1;
  const command = `echo before; env -u CI -u NO_COLOR LANG=C.UTF-8 TERM=xterm-256color '${process.execPath}' '${join(folder, "screen.js")}' ${script}; echo "exit $?"; exec cat`;
  tmux("-f", "/dev/null", "new-session", "-d", "-s", "screen", "-x", String(columns), "-y", String(rows), command);
  await eventually(() => screen().includes("mongo"));
}

describe.skipIf(!hasTmux)(
  `in a real terminal (${hasTmux ? "tmux" : "skipped: tmux is not installed"}, a scripted supervisor)`,
  () => {
    beforeAll(async () => {
      mkdirSync(cache, { recursive: true });
      folder = mkdtempSync(join(cache, "screen-"));
      sockets = mkdtempSync(join(tmpdir(), "drydock-tmux-"));
      const input = join(import.meta.dirname, "fixtures/screen.ts");
      const bundle = await rolldown({ input, platform: "node", external: /^(?:ink|react|string-width)(?:\/|$)/ });
      await bundle.write({ dir: folder, format: "esm" });
      await bundle.close();
    });
    afterEach(async () => {
      tmux("kill-server");
      await eventually(() => processes().length === 0);
    });
    afterAll(() => {
      for (const each of [folder, sockets]) rmSync(each, { recursive: true, force: true });
    });

    test("the screen comes, keeps its rows through resizing, and the person's own screen comes back", async () => {
      await open("healthy", 80, 24);
      await eventually(() => screen().startsWith(" shop  main  local  ready in 1.8 s"));
      expect(tell("#{alternate_on} #{cursor_flag}")).toBe("1 0");
      for (const [columns, rows] of [
        [40, 12],
        [150, 40],
        [80, 24],
      ] as const) {
        tmux("resize-window", "-t", "screen", "-x", String(columns), "-y", String(rows));
        await eventually(() => {
          const lines = screen().split("\n");
          return (
            lines[0]?.startsWith(" shop") &&
            lines.filter((line) => line.startsWith(" shop")).length === 1 &&
            lines[rows - 2]?.startsWith(" mongo  r restart")
          );
        });
      }
      tmux("send-keys", "-t", "screen", "q");
      await eventually(() => screen().includes("exit 0"));
      expect(screen()).toMatch(/^before\nleft: detach; asked: nothing\nexit 0/);
      expect(tell("#{alternate_on} #{cursor_flag} #{wrap_flag}")).toBe("0 1 1");
    });

    test("a program that gets the terminal gets its first keys", async () => {
      await open("healthy", 80, 24);
      await eventually(() => screen().includes("ready in"));
      tmux("send-keys", "-t", "screen", "jjx");
      await eventually(() => tell("#{alternate_on}") === "0");
      tmux("send-keys", "-t", "screen", "echo first-$((40+2)); exit", "Enter");
      await eventually(() => tell("#{alternate_on}") === "1" && screen().includes("▸ ● api x2"));
      tmux("send-keys", "-t", "screen", "q");
      await eventually(() => screen().includes("first-42\n"));
    });

    test("a signal that ends the process gives the terminal back", async () => {
      await open("failing", 80, 24);
      const [pid = 0] = processes();
      process.kill(pid, "SIGTERM");
      await eventually(() => screen().includes("exit 143"));
      expect(tell("#{alternate_on} #{cursor_flag} #{wrap_flag}")).toBe("0 1 1");
    });

    test("a flood of 10,000 lines a second is followed, and held still while scrolled back", async () => {
      await open("flooding", 80, 24);
      await eventually(() => screen().includes("following") && screen().includes("worker  line"));
      tmux("send-keys", "-t", "screen", "PPage");
      await eventually(() => /all services · at .* newer|…/.test(screen()) && !screen().includes("following"));
      const logSide = () =>
        screen()
          .split("\n")
          .slice(3, 20)
          .map((line) => line.slice(42))
          .join("\n");
      // Each time the count of newer lines has changed, a frame is complete.
      const newer = () => /at [\d:]+, [\d,]*/.exec(screen())?.[0];
      const nextFrame = async (): Promise<void> => {
        const before = newer();
        await eventually(() => newer() !== before);
      };
      await nextFrame();
      const held = logSide();
      await nextFrame();
      await nextFrame();
      expect(logSide()).toBe(held);
      tmux("send-keys", "-t", "screen", "G");
      await eventually(() => screen().includes("following"));
    });
  },
);
