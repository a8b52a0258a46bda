import type { Readable } from "../model/panel.ts";
import { lastScroll, panelOf } from "../model/panel-lines.ts";
import { answerYes } from "./answer-yes.ts";
import { applyInput, type Input, submitInput } from "./apply-input.ts";
import type { DashboardState, Overlay } from "./dashboard-state.ts";
import { bindingOf } from "./find-binding.ts";
import { type Reduced, reduced } from "./happening.ts";
import { layoutOf } from "./layout.ts";
import { findCommands } from "./palette.ts";
import { act, perform } from "./perform.ts";
import { selectService, showServiceLog } from "./select-service.ts";

/** The state after a key while something lies over the screen or asks. */
export function overlayKey(state: DashboardState, overlay: Overlay, key: string): Reduced {
  if (key === "<esc>") return reduced(back(state, overlay));
  switch (overlay.kind) {
    case "keys":
    case "entry":
    case "why":
    case "request":
      return reduced(scrollOverlay(state, overlay, key));
    case "palette":
      return paletteKey(state, overlay, key);
    case "input":
      return inputKey(state, overlay, key);
    case "confirm":
      return confirmKey(state, overlay, key);
    case "ask":
      return key === "y" || key === "Y" ? answerYes(close(state), overlay.effect) : reduced(close(state));
    case "leaving":
      return leavingKey(state, key);
  }
}

type Scrolled = Readable;
type Palette = Extract<Overlay, { kind: "palette" }>;

const close = (state: DashboardState): DashboardState => ({ ...state, overlay: undefined });

const back = (state: DashboardState, overlay: Overlay): DashboardState => {
  if (overlay.kind !== "input") return close(state);
  // What counts while it is typed is taken back with it.
  return close(overlay.purpose === "filter" ? state : applyInput(state, { ...overlay, text: "" }));
};

function scrollOverlay(state: DashboardState, overlay: Scrolled, key: string): DashboardState {
  const { width, bodyHeight } = layoutOf(state.size, state.focus);
  const page = Math.max(1, bodyHeight - 3);
  const by: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    "page-up": -page,
    "page-down": page,
    first: -Infinity,
    follow: Infinity,
  };
  const rows = by[bindingOf(key, "services")?.id ?? ""];
  if (rows === undefined) return close(state);
  const last = lastScroll(panelOf(state, overlay, Math.max(2, width - 2)), bodyHeight);
  return { ...state, overlay: { ...overlay, scroll: Math.min(last, Math.max(0, overlay.scroll + rows)) } };
}

function inputKey(state: DashboardState, overlay: Input, key: string): Reduced {
  if (key === "<enter>") return submitInput(close(applyInput(state, overlay)), overlay);
  const text = editText(overlay.text, key);
  if (text === overlay.text) return reduced(state);
  return reduced(applyInput({ ...state, overlay: { ...overlay, text } }, { ...overlay, text }));
}

function paletteKey(state: DashboardState, overlay: Palette, key: string): Reduced {
  const commands = findCommands(state, overlay.query);
  if (key === "<enter>") {
    const command = commands[Math.min(overlay.chosen, commands.length - 1)];
    if (!command) return reduced(state);
    const closed = close(state);
    if (command.id === "select")
      return reduced(showServiceLog(selectService({ ...closed, tab: "services" }, command.service)));
    return perform(selectService(closed, command.service), command.id, command.service ?? closed.selected);
  }
  const last = Math.max(0, commands.length - 1);
  if (key === "<up>") return reduced({ ...state, overlay: { ...overlay, chosen: Math.max(0, overlay.chosen - 1) } });
  if (key === "<down>")
    return reduced({ ...state, overlay: { ...overlay, chosen: Math.min(last, overlay.chosen + 1) } });
  return reduced({ ...state, overlay: { ...overlay, query: editText(overlay.query, key), chosen: 0 } });
}

function confirmKey(state: DashboardState, overlay: Extract<Overlay, { kind: "confirm" }>, key: string): Reduced {
  if (key === "y" || key === "Y") {
    const { service } = overlay;
    return act(close(state), { kind: "stop", service }, service, "stopping");
  }
  return reduced(close(state));
}

function leavingKey(state: DashboardState, key: string): Reduced {
  if (key === "d" || key === "q") return reduced(state, { kind: "leave", reason: "detach" });
  if (key === "s") return reduced(state, { kind: "leave", reason: "stop" });
  if (key === "k") return reduced(state, { kind: "leave", reason: "kill" });
  return reduced(close(state));
}

/** A key as an edit at the end of a text: a character, backspace, or Ctrl-U for all of it. */
function editText(text: string, key: string): string {
  if (key === "<backspace>") return [...text].slice(0, -1).join("");
  if (key === "<ctrl-u>") return "";
  return key.startsWith("<") && key.length > 1 ? text : text + key;
}
