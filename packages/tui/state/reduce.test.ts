import { DevError, serializeError } from "@drydock/core";
import { describe, expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { listOrder } from "./dashboard-state.ts";

const screen = () => new ScriptedState({ columns: 80, rows: 24 });
const asked = (scripted: ScriptedState) => scripted.effects.filter((each) => each.kind !== "read-urls");

describe("the list of services", () => {
  test("the cursor begins on the first one, moves by keys, and stays at the ends", () => {
    const scripted = screen().play("healthy");
    expect(scripted.state.selected).toBe("mongo");
    expect(scripted.press("<up>").state.selected).toBe("mongo");
    expect(scripted.press("j", "<down>", "j", "k").state.selected).toBe("api");
    expect(scripted.press(..."jjjjjjjj").state.selected).toBe("migrate");
  });

  test("a one-shot that is done sinks to the end, but not while the cursor is on it", () => {
    const scripted = screen().play("starting").press("j", "j");
    expect(scripted.state.selected).toBe("migrate");
    scripted.stack.set("migrate", "done", "exit 0");
    expect(listOrder(scripted.state)[2]).toBe("migrate");
    scripted.press("j");
    expect(scripted.state.selected).toBe("api");
    expect(listOrder(scripted.state).at(-1)).toBe("migrate");
  });

  test("what has sunk stays at the end when the cursor comes to it, until it runs again and the cursor has gone", () => {
    const scripted = screen()
      .play("healthy")
      .press(..."jjjjjjj");
    expect(scripted.state.selected).toBe("migrate");
    expect(listOrder(scripted.state).at(-1)).toBe("migrate");
    scripted.stack.set("migrate", "starting", "runs");
    expect(listOrder(scripted.state).at(-1)).toBe("migrate");
    scripted.press("k");
    expect(listOrder(scripted.state)[2]).toBe("migrate");
  });

  test("a session that begins anew keeps the cursor on its service", () => {
    const scripted = screen().play("healthy").press("j", "j", "j");
    const { session, selected } = scripted.state;
    if (session) scripted.happen({ kind: "event", event: { ...session, services: session.services.slice(1) } });
    expect(scripted.state.selected).toBe(selected);
  });
});

describe("actions", () => {
  test("restart acts at once, and not twice", () => {
    const scripted = screen().play("healthy").press("r", "r");
    expect(asked(scripted)).toEqual([{ kind: "restart", service: "mongo" }]);
    expect(scripted.state.message).toEqual({ text: "mongo: still restarting", isError: true });
    scripted.happen({ kind: "acted", service: "mongo", text: "restarted mongo", isError: false });
    expect(scripted.state.busy.size).toBe(0);
    expect(scripted.state.message?.text).toBe("restarted mongo");
  });

  test("a stop does not wait for a restart that is under way", () => {
    const scripted = screen().play("healthy").press("r", "s", "y", "r");
    expect(asked(scripted)).toEqual([
      { kind: "restart", service: "mongo" },
      { kind: "stop", service: "mongo" },
    ]);
    expect(scripted.state.message).toEqual({ text: "mongo: still stopping", isError: true });
  });

  test("stop asks first; only y stops", () => {
    const scripted = screen().play("healthy").press("s", "n");
    expect(asked(scripted)).toEqual([]);
    expect(scripted.press("s", "<enter>").effects.some((each) => each.kind === "stop")).toBe(false);
    expect(asked(scripted.press("s", "y"))).toEqual([{ kind: "stop", service: "mongo" }]);
  });

  test("s starts what does not run, without a question", () => {
    expect(asked(screen().press("s"))).toEqual([{ kind: "start", service: "mongo" }]);
  });

  test("open takes the service's own address, and says when there is none", () => {
    const scripted = screen().play("healthy").press("o");
    expect(scripted.state.message?.text).toBe("mongo has no address that a browser opens");
    scripted.press(..."jjjj", "o");
    expect(asked(scripted)).toEqual([{ kind: "open", service: "web", url: "http://127.0.0.1:3000" }]);
  });

  test("a debugger is let at the chosen service", () => {
    const scripted = screen().play("healthy").press("j", "j", "d");
    expect(asked(scripted)).toEqual([{ kind: "debug", service: "api" }]);
  });

  test("a shell opens in the first instance that runs", () => {
    const scripted = screen().play("healthy").press("j", "j", "x");
    expect(asked(scripted)).toEqual([{ kind: "shell", service: "api", number: 1 }]);
    expect(screen().press("x").state.message?.isError).toBe(true);
  });

  test("why asks for every instance and shows the answers as they come", () => {
    const scripted = screen().play("healthy").press("j", "j", "w");
    expect(asked(scripted)).toEqual([
      { kind: "explain", service: "api", number: 1 },
      { kind: "explain", service: "api", number: 2 },
    ]);
    const explained = { number: 2, explanation: { facts: ["It is."], lastLines: [] }, error: undefined };
    scripted.happen({ kind: "explained", service: "api", explained });
    expect(scripted.state.overlay).toMatchObject({ kind: "why", explanations: [explained] });
    scripted.press("<esc>").happen({ kind: "explained", service: "api", explained });
    expect(scripted.state.overlay).toBeUndefined();
  });

  test("the palette finds an action of any service and does it", () => {
    const scripted = screen()
      .play("healthy")
      .press(":", ..."rswk", "<enter>");
    expect(asked(scripted)).toEqual([{ kind: "restart", service: "worker" }]);
    expect(scripted.state.selected).toBe("worker");
  });
});

describe("leaving", () => {
  test("q detaches without a question", () => {
    expect(asked(screen().play("healthy").press("q"))).toEqual([{ kind: "leave", reason: "detach" }]);
  });

  test("the first Ctrl-C asks, the second one stops, the third one kills", () => {
    const scripted = screen().play("healthy").press("<ctrl-c>");
    expect(scripted.state.overlay).toEqual({ kind: "leaving", isStopping: false });
    expect(asked(scripted)).toEqual([]);
    expect(asked(scripted.press("<ctrl-c>"))).toEqual([{ kind: "leave", reason: "stop" }]);
    expect(asked(scripted.press("<ctrl-c>")).at(-1)).toEqual({ kind: "leave", reason: "kill" });
  });

  test.each([
    ["d", "detach"],
    ["s", "stop"],
    ["k", "kill"],
  ])("the question takes %s for %s", (key, reason) => {
    expect(asked(screen().press("<ctrl-c>", key))).toEqual([{ kind: "leave", reason }]);
  });

  test("any other key stays", () => {
    const scripted = screen().press("<ctrl-c>", "<esc>");
    expect(scripted.state.overlay).toBeUndefined();
    expect(asked(scripted)).toEqual([]);
  });

  test("when the supervisor is gone the screen stays and says so; q leaves", () => {
    const error = serializeError(new DevError("GONE", "it was killed."));
    const scripted = screen().play("healthy").happen({ kind: "lost", error });
    expect(asked(scripted)).toEqual([]);
    expect(asked(scripted.press("q"))).toEqual([{ kind: "leave", reason: "supervisor-ended" }]);
  });
});

describe("the log", () => {
  const flooded = () => {
    const scripted = screen().play("healthy");
    for (let line = 1; line <= 100; line++)
      scripted.stack.log("worker", `line ${line}${line % 10 === 0 ? " timeout" : ""}`);
    return scripted;
  };

  test("a page up leaves following, G follows again", () => {
    const scripted = flooded().press("<pgup>");
    expect(scripted.state.log.position).not.toBe("follow");
    expect(scripted.press("G").state.log.position).toBe("follow");
  });

  test("at the oldest line older ones are read, once at a time", () => {
    const scripted = flooded().press("g", "g");
    expect(asked(scripted)).toHaveLength(1);
    expect(asked(scripted)[0]).toMatchObject({
      kind: "read-older",
      services: expect.arrayContaining(["worker", "api"]),
    });
    scripted.happen({ kind: "older", added: 0 }).press("g");
    expect(asked(scripted)).toHaveLength(2);
  });

  test("search goes to older matches with n and back with N, and says when there is none", () => {
    const scripted = flooded().press("/", ..."timeout", "<enter>");
    const cursorText = () =>
      scripted.state.logs.shown.at(scripted.state.logs.shown.indexOf(scripted.state.log.cursor ?? 0))?.text;
    expect(cursorText()).toBe("line 100 timeout");
    scripted.press("n", "n");
    expect(cursorText()).toBe("line 80 timeout");
    scripted.press("N");
    expect(cursorText()).toBe("line 90 timeout");
    scripted.press("N", "N");
    expect(scripted.state.message?.text).toBe('no newer line here has "timeout"');
  });

  test("Enter on a service shows its log alone, Enter on a line opens it, Esc goes back", () => {
    const scripted = flooded().press("j", "j", "j", "<enter>");
    expect(scripted.state.log.scope).toBe("selected");
    expect(scripted.state.focus).toBe("log");
    scripted.press("<up>", "<enter>");
    expect(scripted.state.overlay).toMatchObject({ kind: "entry", entry: { text: "line 99" } });
    expect(scripted.press("<esc>", "<esc>").state).toMatchObject({ overlay: undefined, focus: "services" });
  });

  test("level and text filter what is shown", () => {
    const scripted = flooded().press("t", ..."timeout", "<enter>");
    expect(scripted.state.logs.shown.length).toBe(10);
    scripted.press("t", "<ctrl-u>", "<enter>", "l", "l");
    expect(scripted.state.log.level).toBe("warn");
    expect(scripted.state.logs.shown.length).toBe(1);
    expect(scripted.press("l", "l").state.log.level).toBeUndefined();
  });
});

describe("the address that browsers do not trust", () => {
  const urls = { kind: "urls", main: "https://shop.localhost:8443", isTrusted: false, urls: new Map() } as const;

  test("is told once, when the stack is up", () => {
    const scripted = screen().play("starting").happen(urls);
    expect(scripted.state.notice).toBeUndefined();
    scripted.play("healthy").happen(urls);
    expect(scripted.state.notice?.message).toBe("Browsers do not trust https://shop.localhost:8443 yet:");
    scripted.press("j").happen(urls);
    expect(scripted.state.notice).toBeUndefined();
  });

  test("does not take the place of a warning, and is told after it", () => {
    const scripted = screen().play("failing").happen(urls);
    expect(scripted.state.notice?.message).toBe("web has no node_modules");
    scripted.press("j").happen(urls);
    expect(scripted.state.notice?.message).toContain("Browsers do not trust");
  });

  test("is not told where this machine trusts it", () => {
    expect(
      screen()
        .play("healthy")
        .happen({ ...urls, isTrusted: true }).state.notice,
    ).toBeUndefined();
  });
});
