import type { Report } from "../configuration/report.ts";
import type { Settings } from "../configuration/settings.ts";
import { readSize, readTime, values } from "../configuration/words.ts";
import type { Directive } from "../directive.ts";
import type { Template } from "../variables/template.ts";

/** What one block says itself, while it is read. What it does not say, it inherits as a whole. */
export type Draft = { -readonly [Key in keyof Settings]?: Settings[Key] };

/** Reads one directive into the draft of its block. */
export type SettingReader = (at: Directive, own: Draft, report: Report) => void;

/** Directives of one family by their names. */
export type SettingReaders = Readonly<Record<string, SettingReader>>;

type KeyOf<Value> = {
  [Key in keyof Settings]: [Settings[Key], Value] extends [Value, Settings[Key]] ? Key : never;
}[keyof Settings];

/** `on` or `off`. */
export const flag =
  (key: KeyOf<boolean>): SettingReader =>
  (at, own, report) => {
    const [word] = oneWord(at, report);
    if (word === "on" || word === "off") own[key] = word === "on";
    else report.problem(at, `"${at.name}" is "on" or "off", not "${word}"`, `write: ${at.name} on;`);
  };

/** A time, kept in milliseconds. */
export const time =
  (key: KeyOf<number>): SettingReader =>
  (at, own, report) => {
    // The second value of keepalive_timeout is a header's.
    const [word = ""] = at.name === "keepalive_timeout" ? values(at) : oneWord(at, report);
    const read = readTime(word);
    if (read === undefined) report.problem(at, `"${word}" is not a time`, `write: ${at.name} 30s; or 500ms, 5m, 1h`);
    else own[key] = read;
  };

/** A size, kept in bytes. */
export const size =
  (key: KeyOf<number>): SettingReader =>
  (at, own, report) => {
    const [word = ""] = oneWord(at, report);
    const read = readSize(word);
    if (read === undefined) report.problem(at, `"${word}" is not a size`, `write: ${at.name} 64k; or 10m, 1g`);
    else own[key] = read;
  };

/** A whole number. */
export const count =
  (key: KeyOf<number>): SettingReader =>
  (at, own, report) => {
    const [word = ""] = oneWord(at, report);
    if (/^\d+$/.test(word)) own[key] = Number(word);
    else report.problem(at, `"${word}" is not a whole number`, `write: ${at.name} 3;`);
  };

/** A word with variables. */
export const text =
  (key: KeyOf<Template | undefined>): SettingReader =>
  (at, own, report) => {
    oneWord(at, report);
    own[key] = report.template(at, at.words[0] ?? "");
  };

/** A word as it is. */
export const plain =
  (key: KeyOf<string | undefined> | KeyOf<string>): SettingReader =>
  (at, own, report) => {
    own[key] = oneWord(at, report)[0] ?? "";
  };

/** The words, of which there must be one. */
function oneWord(at: Directive, report: Report): readonly string[] {
  const words = values(at);
  if (words.length !== 1) report.problem(at, `"${at.name}" takes one value, it has ${words.length}`, undefined);
  return words;
}
