import { spawn } from "node:child_process";
import { DevError } from "@drydock/core";

/** Opens an address in the person's browser and does not wait for it. @throws DevError NO_BROWSER */
export function openUrl(url: string): Promise<void> {
  const [command, ...args] = opener(url);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    child.once("error", () =>
      reject(
        new DevError("NO_BROWSER", `No program opens ${url} here.`, {
          hint: "Open it by hand; `dev open --print` prints it.",
        }),
      ),
    );
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}

function opener(url: string): readonly [string, ...string[]] {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["cmd", "/c", "start", "", url];
  return ["xdg-open", url];
}
