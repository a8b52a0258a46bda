import { DevError, type ExecCommand, systemClock } from "@drydock/core";
import { eventually } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { FakeSupervisor } from "./fixtures/fake-supervisor.ts";
import { FakeTerminal } from "./fixtures/fake-terminal.ts";
import { scriptedRequests } from "./fixtures/scripted-edge.ts";
import { scriptedSource } from "./fixtures/scripted-source.ts";
import { play } from "./fixtures/scripts.ts";
import { type ScreenExit, showScreen } from "./show-screen.ts";

const utf8 = { TERM: "xterm-256color", LANG: "C.UTF-8" };
const open = new Set<AbortController>();
afterEach(() => {
  for (const each of open) each.abort();
  open.clear();
});

interface Opened {
  readonly terminal: FakeTerminal;
  readonly stack: FakeSupervisor;
  readonly exit: Promise<ScreenExit>;
  readonly ran: ExecCommand[];
  readonly opened: string[];
  readonly stop: AbortController;
}

async function show(columns = 80, rows = 24, variables: Record<string, string> = utf8): Promise<Opened> {
  const terminal = new FakeTerminal(columns, rows);
  const stack = new FakeSupervisor(systemClock.now);
  const ran: ExecCommand[] = [];
  const opened: string[] = [];
  const stop = new AbortController();
  open.add(stop);
  play("healthy", stack, systemClock.now());
  const exit = showScreen({
    supervisor: stack,
    source: scriptedSource,
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    variables,
    clock: systemClock,
    openUrl: async (url) => void opened.push(url),
    runInTerminal: async (command) => {
      // The terminal is the command's: no alternate screen, no raw mode, nobody else reads.
      expect([terminal.isAlternate, terminal.isRaw, terminal.stdin.listenerCount("readable")]).toEqual([
        false,
        false,
        0,
      ]);
      ran.push(command);
    },
    signal: stop.signal,
  });
  if (variables.TERM !== "dumb") await eventually(() => terminal.screen.includes("mongo") && terminal.isRaw);
  return { terminal, stack, exit, ran, opened, stop };
}

test("it shows the alternate screen, and q gives the terminal back as it was (a scripted supervisor)", async () => {
  const { terminal, exit } = await show();
  expect([terminal.isAlternate, terminal.isCursorShown]).toEqual([true, false]);
  expect(terminal.screen.split("\n")[0]).toMatch(/^ shop {2}main {2}local/);
  terminal.type("q");
  expect(await exit).toEqual({ reason: "detach" });
  expect([terminal.isAlternate, terminal.isCursorShown, terminal.isRaw]).toEqual([false, true, false]);
  expect(terminal.stdin.listenerCount("readable")).toBe(0);
});

test("Ctrl-C asks, twice stops, three times at once kill (a scripted supervisor)", async () => {
  const twice = await show();
  twice.terminal.type("\x03");
  await eventually(() => twice.terminal.screen.includes("Detach, or stop everything?"));
  twice.terminal.type("\x03");
  expect(await twice.exit).toEqual({ reason: "stop" });
  const thrice = await show();
  thrice.terminal.type("\x03\x03\x03");
  expect(await thrice.exit).toEqual({ reason: "kill" });
});

test("it survives any resizing and fills the new size (a scripted supervisor)", async () => {
  const { terminal } = await show();
  for (const [columns, rows] of [
    [40, 12],
    [200, 50],
    [20, 6],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows);
    await eventually(() => terminal.screen.split("\n").length === rows);
    const lines = terminal.screen.split("\n");
    expect(lines.at(-1)).toBe("");
    expect(lines[0]).toContain("shop");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
  }
  expect(terminal.screen).toContain("? keys   : commands");
});

test("p prints the log plainly, any key returns to the same screen (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  terminal.type("p");
  await eventually(() => !terminal.isAlternate && terminal.isRaw);
  stack.log("web", "while plain");
  expect(terminal.written.join("")).toMatch(/web {6}\d\d:\d\d:\d\d\.\d{3} {2}while plain\n/);
  terminal.type(" ");
  await eventually(() => terminal.isAlternate && terminal.screen.includes("while plain"));
});

test("a terminal that is slower than the log gets lines left out, counted, and never piled up (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  terminal.type("p");
  await eventually(() => !terminal.isAlternate && terminal.isRaw);
  terminal.isBusy = true;
  for (let line = 0; line < 50_000; line++) stack.log("worker", `line ${line}`);
  expect(terminal.stdout.writableLength).toBeLessThan(200_000);
  terminal.resume();
  await eventually(() => !terminal.stdout.writableNeedDrain);
  stack.log("worker", "after");
  await eventually(() => /\d+ lines left out/.test(terminal.written.join("")));
});

test("x hands the terminal to a shell in the service and comes back (a scripted supervisor)", async () => {
  const { terminal, ran } = await show();
  terminal.type("jjx");
  await eventually(() => ran.length === 1 && terminal.isAlternate && terminal.isRaw);
  expect(ran[0]?.command[0]).toBe("sh");
  expect(terminal.screen).toContain("▸ ● api x2");
});

test("actions reach the supervisor, and their failures are told with what to do (a scripted supervisor)", async () => {
  const { terminal, stack, opened } = await show();
  terminal.type("r");
  await eventually(() => terminal.screen.includes("restarted mongo"));
  stack.failNext(new DevError("NO", "It cannot be stopped.", { hint: "Try again." }));
  terminal.type("jsy");
  await eventually(() => terminal.screen.includes("It cannot be stopped. Try again."));
  expect(stack.asked).toEqual(["restart mongo", "stop redis"]);
  terminal.type("jjjo");
  await eventually(() => opened.length === 1);
  expect(opened).toEqual(["http://127.0.0.1:3000"]);
});

test("the data is shown and worked on, and what fails is said in its own words (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  terminal.type("2");
  await eventually(() => terminal.screen.includes("demo-small"));
  terminal.type("nmine\r");
  await eventually(() => terminal.screen.includes("saved mine, 2.1M, in"));
  await eventually(() => terminal.screen.includes("Snapshots 3"));
  stack.failNext(new DevError("OTHER_SERVER", "It was made by image mongo:8.", { hint: "Start that one." }));
  terminal.type("jjjjry");
  await eventually(() => terminal.screen.includes("It was made by image mongo:8. Start that one."));
  terminal.type("jxy");
  await eventually(() => terminal.screen.includes("removed before-migration"));
  await eventually(() => !terminal.screen.includes("before-migration  "));
  terminal.type("Bnext\r");
  await eventually(() => terminal.screen.includes("switched to next, a copy of main, in"));
  terminal.type("u");
  await eventually(() => terminal.screen.includes("backed up to ~/backups/shop: 20260105T130211Z-shop"));
  terminal.type("Gv");
  await eventually(() => terminal.screen.includes("verified 20260105T090000Z-shop in"));
  expect(stack.asked).toEqual(["save", "restore", "remove", "branch", "run", "verify"]);
});

test("requests come while the screen is there, and the certificate is renewed (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  terminal.type("3");
  await eventually(() => terminal.screen.includes("no request yet"));
  const at = systemClock.now();
  stack.emit({ kind: "requests", at, requests: scriptedRequests(at), dropped: 0 });
  await eventually(() => terminal.screen.includes("POST /api/orders"));
  await eventually(() => /shop\.localhost\/ {2}proxy:80 +499/.test(terminal.screen));
  terminal.type("5");
  await eventually(() => terminal.screen.includes("21 days left"));
  terminal.type("r");
  await eventually(() => terminal.screen.includes("there is no front now"));
  expect(stack.asked).toEqual(["renew certificate"]);
});

test("lines older than those replayed are read from the store by going to the oldest (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  const now = systemClock.now();
  for (let line = 1; line <= 600; line++) {
    stack.stored.splice(line - 1, 0, {
      kind: "log",
      at: now - 100_000 + line,
      service: "web",
      number: 1,
      stream: "stdout",
      text: `old ${line}`,
    });
  }
  terminal.type("g");
  await eventually(() => {
    terminal.type("g");
    return terminal.screen.includes("web     old 1\n") || terminal.screen.includes("old 1 ");
  });
});

test("when the supervisor dies the screen stays and says so, and q leaves (a scripted supervisor)", async () => {
  const { terminal, stack, exit } = await show();
  stack.die(new DevError("SUPERVISOR_GONE", "it was killed.", { hint: "`dev up` starts it again." }));
  await eventually(() => terminal.screen.includes("The supervisor is gone: it was killed. `dev up` starts it again."));
  terminal.type("q");
  expect(await exit).toEqual({ reason: "supervisor-ended" });
});

test("a service that floods does not keep a key waiting: the next turn draws it (a scripted supervisor)", async () => {
  const { terminal, stack } = await show();
  for (let round = 0; round < 20; round++) {
    for (let line = 0; line < 1_000; line++)
      stack.log("worker", `{"level":"info","msg":"round ${round} line ${line}"}`);
    terminal.type(round % 2 === 0 ? "j" : "k");
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(terminal.screen).toContain(round % 2 === 0 ? "▸ ● redis" : "▸ ● mongo");
  }
});

test("its signal takes the screen down (a scripted supervisor)", async () => {
  const { terminal, exit, stop } = await show();
  stop.abort();
  expect(await exit).toEqual({ reason: "detach" });
  expect(terminal.isAlternate).toBe(false);
});

test("a dumb terminal gets plain lines without a single escape sequence (a scripted supervisor)", async () => {
  const { terminal, stack, exit } = await show(80, 24, { ...utf8, TERM: "dumb" });
  stack.set("web", "failed", "exit 1");
  await eventually(() => terminal.written.join("").includes("is failed: exit 1"));
  terminal.type("\x03s");
  expect(await exit).toEqual({ reason: "stop" });
  expect(terminal.written.join("")).not.toContain("\x1b");
});

test("without a terminal it says what to use instead", async () => {
  const terminal = new FakeTerminal(80, 24);
  const notTerminal = Object.create(terminal.stdout, { isTTY: { value: false } });
  const shown = showScreen({
    supervisor: new FakeSupervisor(systemClock.now),
    source: scriptedSource,
    stdin: terminal.stdin,
    stdout: notTerminal,
    variables: utf8,
    clock: systemClock,
    openUrl: async () => undefined,
    runInTerminal: async () => undefined,
    signal: new AbortController().signal,
  });
  await expect(shown).rejects.toMatchObject({ code: "NO_TERMINAL", exitCode: 2 });
});
