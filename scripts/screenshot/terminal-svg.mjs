// Text with SGR sequences as an SVG picture of a terminal: one text element for each run of one style, at its cell.
import Anser from "anser";
import stringWidth from "string-width";

const cell = { width: 8.4, height: 18 };
const padding = 14;
const colours = { background: "#14171c", text: "#d6dae0" };

/** The picture of a screen of so many cells. */
export function terminalSvg(text, { columns, rows }) {
  const width = columns * cell.width + 2 * padding;
  const height = rows * cell.height + 2 * padding;
  const lines = text.split("\n").slice(0, rows);
  const body = lines.flatMap((line, row) => runs(line, row));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>The screen of dev up</title>
<rect width="100%" height="100%" rx="8" fill="${colours.background}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${colours.text}" xml:space="preserve">
${body.join("\n")}
</g>
</svg>
`;
}

function runs(line, row) {
  let column = 0;
  const y = padding + row * cell.height;
  return Anser.ansiToJson(line, { json: true, remove_empty: true }).flatMap((run) => {
    const x = padding + column * cell.width;
    const cells = stringWidth(run.content);
    column += cells;
    const isInverse = run.decorations.includes("reverse");
    const [fg, bg] = isInverse ? [run.bg ?? "20,23,28", run.fg ?? "214,218,224"] : [run.fg, run.bg];
    const box = bg
      ? [`<rect x="${x}" y="${y}" width="${cells * cell.width}" height="${cell.height}" fill="rgb(${bg})"/>`]
      : [];
    if (run.content.trim() === "") return box;
    const style = [
      fg ? ` fill="rgb(${fg})"` : "",
      run.decorations.includes("bold") ? ' font-weight="bold"' : "",
      run.decorations.includes("dim") ? ' opacity="0.6"' : "",
    ].join("");
    const text = `<text x="${x}" y="${y + 13.5}" textLength="${cells * cell.width}"${style}>${asXml(run.content)}</text>`;
    return [...box, text];
  });
}

function asXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(" ", "\u00a0");
}
