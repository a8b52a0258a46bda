import { describe, expect, it } from "vitest";
import { CliLog } from "./cli-log.ts";
import type { ContainerEvent } from "./container-event.ts";

function read(...entries: readonly object[]) {
  const events: ContainerEvent[] = [];
  const log = new CliLog((event) => events.push(event));
  for (const entry of entries) log.take(JSON.stringify(entry));
  return { events, said: log.said };
}

describe("the log of the dev containers CLI", () => {
  it("tells the commands of the configuration, and what they write, line by line and without colours", () => {
    const { events } = read(
      {
        type: "raw",
        level: 3,
        text: "\u001b[1mRunning the postCreateCommand from devcontainer.json...\u001b[0m\r\n\r\n",
      },
      { type: "progress", name: "Running postCreateCommand...", status: "running", stepDetail: "npm ci" },
      { type: "raw", level: 3, text: "added 12 pa" },
      { type: "raw", level: 3, text: "ckages\n\u001b[32mdone\u001b[0m\n" },
      { type: "progress", name: "Running postCreateCommand...", status: "succeeded" },
    );
    expect(events).toEqual([
      { kind: "step", name: "postCreateCommand", detail: "npm ci", phase: "started" },
      { kind: "output", text: "added 12 packages" },
      { kind: "output", text: "done" },
      { kind: "step", name: "postCreateCommand", phase: "done" },
    ]);
  });

  it("keeps errors for who needs them, and nothing of the container's environment", () => {
    const { events, said } = read(
      { type: "text", level: 1, text: 'userEnvProbe parsed: { "TOKEN": "secret" }' },
      { type: "raw", level: 2, text: "TOKEN=secret\n" },
      { type: "text", level: 5, text: "[]\n" },
      { type: "text", level: 5, text: "Error response from daemon: No such image: nosuch\r\n" },
    );
    expect(events).toEqual([]);
    expect(said).toEqual(["Error response from daemon: No such image: nosuch"]);
  });

  it("passes over what is no line of it", () => {
    const log = new CliLog(() => undefined);
    log.take("    at Object.<anonymous> (cli.js:1:1)");
    log.take('{"type":');
    expect(log.said).toEqual([]);
  });
});
