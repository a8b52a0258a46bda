import { describe, expect, it } from "vitest";
import { choosePort } from "./choose-port.ts";

const machine =
  (answers: Readonly<Record<number, "taken" | "forbidden">>) =>
  async (port: number): Promise<"free" | "taken" | "forbidden"> =>
    answers[port] ?? "free";
const forward = (port: number, requireLocalPort = false) => ({ host: "localhost", port, requireLocalPort });
const none = new Set<number>();

describe("the local port of a forward", () => {
  it("is the same number where that is free", async () => {
    expect(await choosePort(forward(3000), 3005, none, machine({}))).toEqual({ port: 3000 });
  });

  it("is the one of the last time, else the next free one, where it is taken", async () => {
    const ask = machine({ 3000: "taken", 3001: "taken" });
    expect(await choosePort(forward(3000), 4444, none, ask)).toEqual({ port: 4444, moved: "taken" });
    expect(await choosePort(forward(3000), undefined, new Set([3002]), ask)).toEqual({ port: 3003, moved: "taken" });
  });

  it("is one that needs no root, where the number does", async () => {
    expect(await choosePort(forward(443), undefined, none, machine({ 443: "forbidden" }))).toEqual({
      port: 8443,
      moved: "forbidden",
    });
  });

  it("is none where only the same number will do", async () => {
    const chosen = await choosePort(forward(5432, true), undefined, new Set([5432]), machine({}));
    expect(chosen).toEqual({ port: undefined, moved: "taken" });
  });

  it("is any, where twenty are taken, and never past the last one", async () => {
    const all = async (): Promise<"taken"> => "taken";
    expect(await choosePort(forward(65_530), undefined, none, all)).toEqual({ port: 0, moved: "taken" });
  });
});
