import { DevError } from "@drydock/core";
import { expect, test } from "vitest";
import { formatError } from "./format-error.ts";
import { painter } from "./paint.ts";

const said = (error: unknown) => formatError(error, painter(false), { isDebugging: false, directory: "/shop" }).text;

test("a full disk is the machine's, and no bug of ours", () => {
  expect(said(new Error("ENOSPC: no space left on device, write"))).toBe(
    "The disk is full.\n  ENOSPC: no space left on device, write\nMake room, and run it again: `dev doctor` says how much is free here.\n",
  );
  expect(said(new Error("EACCES: permission denied, mkdir '/shop/.dev'"))).toMatch(/^This user may not do that\.\n/);
});

test("a bug is called one, and says what to do", () => {
  expect(said(new TypeError("x is not a function"))).toBe(
    "This is a bug in drydock, sorry: x is not a function\n  Please report it, with the output of `dev doctor`. Run it again with --debug for the stack.\n",
  );
});

test("the stack of what an error was made of is there when debugging", () => {
  const error = new DevError("X", "It cannot be loaded.", { cause: new TypeError("no seed") });
  const { text } = formatError(error, painter(false), { isDebugging: true, directory: "/shop" });
  expect(text).toMatch(/Caused by:\nTypeError: no seed\n {4}at /);
  expect(said(error)).toBe("It cannot be loaded.\n");
});
