import { expect, test } from "vitest";
import { FakeTerminal } from "../fixtures/fake-terminal.ts";
import { FrameWriter } from "./frame-writer.ts";

function open(rows = 5) {
  const terminal = new FakeTerminal(20, rows);
  return { terminal, writer: new FrameWriter(terminal.stdout) };
}

test("the first frame is written whole, the next ones by the rows that changed", () => {
  const { terminal, writer } = open();
  writer.write("one\ntwo\nthree");
  writer.write("one\n2\nthree");
  expect(terminal.screen).toBe("one\n2\nthree\n\n");
  expect(terminal.written.at(-1)).toBe("\x1b[?2026h\x1b[2;1H2\x1b[0m\x1b[K\x1b[?2026l");
});

test("a frame that says the same writes nothing", () => {
  const { terminal, writer } = open();
  writer.write("one");
  writer.write("one");
  expect(terminal.written).toHaveLength(1);
});

test("rows that a shorter frame no longer has are emptied", () => {
  const { terminal, writer } = open();
  writer.write("one\ntwo\nthree");
  writer.write("one");
  expect(terminal.screen).toBe("one\n\n\n\n");
});

test("after a new size everything is written again, and never below the terminal's end", () => {
  const { terminal, writer } = open();
  writer.write("one\ntwo\nthree");
  terminal.resize(20, 2);
  writer.forget();
  writer.write("one\ntwo\nthree");
  expect(terminal.screen).toBe("one\ntwo");
});
