import { spawnSync } from "node:child_process";

/** Whether Docker answers here and has an image. */
export function isImageHere(image: string): boolean {
  return spawnSync("docker", ["image", "inspect", image], { stdio: "ignore", timeout: 60_000 }).status === 0;
}
