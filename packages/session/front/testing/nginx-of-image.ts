import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A folder for PATH with an image's nginx, which runs on this machine with the image's own libraries. */
export interface NginxOfImage {
  readonly folder: string;
  remove(): void;
}

const docker = (...words: readonly string[]): string =>
  execFileSync("docker", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 60_000 });

/** Whether Docker is here and has an image. */
export function isImageHere(image: string): boolean {
  try {
    docker("image", "inspect", image);
    return true;
  } catch {
    return false;
  }
}

/** Copies it out of an image. @throws Docker's error, or that of the program, when the image has another layout */
export function nginxOfImage(image: string): NginxOfImage {
  const folder = mkdtempSync(join(tmpdir(), "drydock-nginx-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let container = "";
  try {
    container = docker("create", image).trim();
    const words = docker("run", "--rm", "--entrypoint", "ldd", image, "/usr/sbin/nginx").split(/\s+/);
    const libraries = [...new Set(words.filter((word) => /^\/\S*\.so[.\d]*$/.test(word)))];
    for (const path of ["/usr/sbin/nginx", ...libraries])
      docker(
        "cp",
        "--follow-link",
        `${container}:${path}`,
        join(folder, path === "/usr/sbin/nginx" ? "program" : basename(path)),
      );
    const loader = libraries.map((path) => basename(path)).find((name) => name.startsWith("ld-")) ?? "";
    const script = join(folder, "nginx");
    writeFileSync(
      script,
      `#!/bin/sh\nexec "${folder}/${loader}" --library-path "${folder}" "${folder}/program" "$@"\n`,
    );
    chmodSync(script, 0o755);
    execFileSync(script, ["-v"], { stdio: "ignore" });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    if (container !== "") docker("rm", "--force", container);
  }
}
