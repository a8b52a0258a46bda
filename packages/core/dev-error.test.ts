import { describe, expect, it } from "vitest";
import { DevError, deserializeError, serializeError } from "./dev-error.ts";

describe("an error that crosses the socket", () => {
  it("comes out as it went in", () => {
    const problem = {
      file: "/shop/compose.yaml",
      line: 3,
      column: 5,
      length: 4,
      message: "is wrong",
      hint: "write it right",
    };
    const error = new DevError("BAD", "It is bad.", {
      hint: "Mend it.",
      exitCode: 2,
      problems: [problem],
      evidence: ["a line"],
    });
    const back = deserializeError(JSON.parse(JSON.stringify(serializeError(error))));
    expect(back).toBeInstanceOf(DevError);
    expect(back).toMatchObject({
      code: "BAD",
      message: "It is bad.",
      hint: "Mend it.",
      exitCode: 2,
      problems: [problem],
      evidence: ["a line"],
    });
  });

  it("keeps the stack of a bug, and no stack of an error for people", () => {
    const bug = new TypeError("x is undefined");
    const back = deserializeError(serializeError(bug));
    expect(back).not.toBeInstanceOf(DevError);
    expect(back.stack).toBe(bug.stack);
    expect(serializeError(new DevError("BAD", "It is bad."))).not.toHaveProperty("stack");
  });

  it("takes anything that was thrown", () => {
    expect(serializeError("a string")).toMatchObject({ code: "BUG", message: "a string", exitCode: 1 });
  });
});
