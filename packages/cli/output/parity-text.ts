import type { ParityReport } from "@drydock/session";
import type { Paint } from "./paint.ts";

type Line = ParityReport["lines"][number];

/** A comparison as lines: by site and location, each difference with both sides, their places, and what to write. `isAll`: what is the same, too. */
export function parityText(report: ParityReport, isAll: boolean, paint: Paint, utf8: boolean): string {
  const { theirs, ours, score, lines, notices } = report;
  const shown = isAll ? lines : lines.filter(({ isSame }) => !isSame);
  const width = Math.max(0, ...shown.map(({ topic }) => Math.min(topic.length, 44)));
  const groups = [...new Set(shown.map(groupOf))].map((group) => {
    const own = shown.filter((line) => groupOf(line) === group);
    return `\n${paint("bold", group)}\n${own.map((line) => lineText(line, width, paint, utf8)).join("")}`;
  });
  const different = lines.filter(({ isSame }) => !isSame).length;
  const sum = `${score} of 100: ${lines.length - different} of ${lines.length} things are the same${different === 0 ? "" : `, ${different} differ`}.`;
  return [
    `production  ${theirs}\nhere        ${ours}\n`,
    ...notices.map((notice) => `! ${notice}\n`),
    ...groups,
    `\n${paint(score === 100 ? "green" : "bold", sum)}\n`,
  ].join("");
}

const groupOf = ({ site, location }: Line): string => (location === undefined ? site : `${site}  location ${location}`);

function lineText({ topic, isSame, theirs, ours, advice }: Line, width: number, paint: Paint, utf8: boolean): string {
  const mark = isSame ? paint("green", utf8 ? "●" : "=") : paint("red", utf8 ? "✖" : "x");
  const head = `  ${mark} ${topic.padEnd(width)}`;
  if (isSame) return `${head}  ${theirs.text}\n`;
  const indent = " ".repeat(width + 4);
  const side = (name: string, { text, place }: Line["theirs"]) =>
    `  ${name.padEnd(10)}  ${text}${place ? paint("dim", `  ${place.file}:${place.line}`) : ""}\n`;
  const last = advice === undefined ? "" : `${indent}  ${"to do".padEnd(10)}  ${advice}\n`;
  return `${head}${side("production", theirs)}${indent}${side("here", ours)}${last}`;
}
