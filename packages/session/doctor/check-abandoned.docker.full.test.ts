import { execFileSync, execSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkAbandoned } from "./check-abandoned.ts";

const project = `drydock-abandoned-${process.pid}`;
const gone = join(tmpdir(), project, "checkout");
const docker = (...words: readonly string[]) => execFileSync("docker", words, { encoding: "utf8" });

function isMissing(): boolean {
  try {
    docker("image", "inspect", "redis:8");
    return false;
  } catch {
    return true;
  }
}

const reason = isMissing() ? " (skipped: no Docker engine with the image redis:8)" : "";

describe.skipIf(reason !== "")(`containers of folders that are gone${reason}`, () => {
  const made: string[] = [];
  afterEach(() => {
    if (made.length > 0) docker("rm", "-f", "-v", ...made.splice(0));
  });

  const make = (name: string, directory: string, labels: readonly string[] = []) => {
    const all = [
      `com.docker.compose.project=${name}`,
      `com.docker.compose.project.working_dir=${directory}`,
      ...labels,
    ];
    made.push(docker("create", ...all.flatMap((label) => ["--label", label]), "redis:8").trim());
  };
  const examine = async () => {
    const variables = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""]));
    const source = { directory: tmpdir(), files: [], envFiles: [], profiles: [], variables };
    const found = await checkAbandoned(source, new AbortController().signal);
    return found.filter(({ message }) => message.includes(project));
  };

  it("are found, with what removes them; those of folders that are there are not", async () => {
    // Those by which Compose knows its own (docker/compose, pkg/compose/filters.go).
    const service = ["service=redis", "container-number=1", "oneoff=False", "config-hash=1"].map(
      (label) => `com.docker.compose.${label}`,
    );
    make(`${project}-test-4711-3fa9c1`, join(gone, ".dev/test/4711-3fa9c1"), service);
    make(project, gone);
    make(`${project}-here`, tmpdir());
    const found = await examine();
    expect(found.map(({ message, fix }) => [message, fix])).toEqual([
      [
        `1 container of ${project}, whose folder ${gone} is not there any more`,
        `docker compose -p ${project} down (and --volumes, where its data may go, too)`,
      ],
      [
        `1 container of a run of \`dev test\`, whose folder ${gone}/.dev/test/4711-3fa9c1 is not there any more`,
        `docker compose -p ${project}-test-4711-3fa9c1 down --volumes`,
      ],
    ]);
    execSync(found[1]?.fix ?? "", { stdio: "ignore" });
    expect(await examine()).toHaveLength(1);
  });
});
