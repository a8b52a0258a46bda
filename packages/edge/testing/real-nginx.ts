import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";

const program = "nginx";

/** Why nginx cannot be the other half of a comparison here; undefined when it can. */
export function whyNoNginx(): string | undefined {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "nginx is not on PATH";
  }
}

/** The whole configuration around the inside of `http { }`: for nginx and the edge alike. */
export function wholeConfiguration(http: string, folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off;\nmaster_process off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nevents {}\nhttp {\naccess_log off;\n${temporary.join("\n")}\n${http}\n}\n`;
}

/** A running nginx. */
export interface RealNginx {
  stop(): Promise<void>;
}

/** Starts nginx and waits until it takes connections on `port`. */
export async function startRealNginx(http: string, port: number): Promise<RealNginx> {
  const folder = mkdtempSync(join(tmpdir(), "edge-nginx-"));
  const file = join(folder, "nginx.conf");
  writeFileSync(file, wholeConfiguration(http, folder));
  const child = spawn(program, ["-p", folder, "-e", "stderr", "-c", file], { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words += chunk;
  });
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${words}`);
      return canConnect(port);
    });
  } catch (error) {
    await end(child, folder);
    throw error;
  }
  return { stop: () => end(child, folder) };
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
