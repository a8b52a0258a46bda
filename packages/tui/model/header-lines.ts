import { allFacts, type DashboardState } from "../state/dashboard-state.ts";
import { layoutOf } from "../state/layout.ts";
import { tabs } from "../state/tabs.ts";
import { fitLine, type Line, lineWidth, type Span, span, spread } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { durationText } from "./amounts.ts";

/** The top row: the project, its branch and engine, how it is, and where people reach it. */
export function headerLine(state: DashboardState, width: number): Line {
  const { session, glyphs } = state;
  if (!session) return spread([span(" drydock", "accent"), span("  connecting", "dim")], [], width, glyphs.ellipsis);
  const branch = session.branch === undefined ? [] : [span(`  ${neutralise(session.branch)}`, "dim")];
  const title = tabs.find(({ id }) => id === state.tab)?.title ?? "";
  const isNamed = !layoutOf(state.size, state.focus).hasTabs && state.tab !== "services";
  const left = [
    span(` ${neutralise(session.project)}`, "accent"),
    ...(isNamed ? [span(`  ${title}`, "strong")] : []),
    ...branch,
    span(`  ${session.engine.kind}`, "dim"),
    span("  "),
    healthSpan(state),
  ];
  const url = state.mainUrl === undefined ? undefined : neutralise(state.mainUrl);
  const right = url === undefined ? [] : [span(url, "strong"), span(" ")];
  return spread(left, right, width, glyphs.ellipsis);
}

/** The row of views, each with its key, and what is always at hand on its right. */
export function tabsLine({ tab, glyphs }: DashboardState, width: number): Line {
  const strip = (isShort: boolean): Line =>
    tabs.flatMap(({ id, title, short }, index): Line => {
      const name = ` ${isShort ? short : title} `;
      return id === tab ? [span(`${name}${index + 1} `, "match")] : [span(name), span(`${index + 1} `, "dim")];
    });
  const hint = [span("?", "accent"), span(" keys   ", "dim"), span(":", "accent"), span(" commands ", "dim")];
  const left = [strip(false), strip(true)].find((line) => lineWidth(line) <= width) ?? strip(true);
  return lineWidth(left) + lineWidth(hint) + 2 > width
    ? fitLine(left, width, glyphs.ellipsis)
    : spread(left, hint, width, "");
}

/** How the whole stack is, worst first. */
function healthSpan(state: DashboardState): Span {
  if (state.connection.kind === "lost") return span("no supervisor", "bad");
  const facts = allFacts(state);
  const named = (names: readonly string[]) => (names.length > 2 ? `${names.length} services` : names.join(", "));
  const failed = facts.filter((each) => each.state === "failed").map((each) => each.name);
  if (failed.length > 0) return span(`${named(failed)} failed`, "bad");
  const unhealthy = facts.filter((each) => each.state === "unhealthy").map((each) => each.name);
  if (unhealthy.length > 0) return span(`${named(unhealthy)} unhealthy`, "bad");
  const settled = facts.filter((each) => each.state === "ready" || each.state === "done");
  if (settled.length < facts.length) {
    const isMoving = facts.some((each) => ["waiting", "starting", "restarting"].includes(each.state));
    return span(`${settled.length} of ${facts.length} ready`, isMoving ? "busy" : "dim");
  }
  return span(state.up?.changed ? `ready in ${durationText(state.up.durationMs)}` : "ready", "good");
}
