import { nearest, type Problem } from "@drydock/core";
import { z } from "zod";
import type { LoadedConfig } from "./loaded-config.ts";
import { locateKey } from "./locate-key.ts";

/** One finding of a schema as a person's mistakes, each at its place in the file. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  config: LoadedConfig,
): readonly Problem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(issue.path, key, schema, config));
  // A union reports each alternative: what they expect belongs into one sentence.
  return [problemAt(issue.path, `${nameOf(issue.path)} ${expectation(issue)}`, undefined, config)];
}

function unknownKey(path: readonly PropertyKey[], key: string, schema: z.core.$ZodType, config: LoadedConfig): Problem {
  const known = keysAt(schema, path);
  const meant = nearest(key, known);
  const hint = meant === undefined ? `the keys are ${known.join(", ")}` : `did you mean "${meant}"?`;
  const owner = path.length === 0 ? "dev.config.ts" : nameOf(path);
  return problemAt([...path, key], `${nameOf([...path, key])} is not a key of ${owner}`, hint, config);
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${article(issue.expected)}, and is ${describe(issue.input)}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}, and is ${describe(issue.input)}`;
    case "invalid_union":
      if (issue.discriminator !== undefined) return discriminatorText(issue);
      return `must be ${issue.errors.flat().map(alternative).join(" or ")}, and is ${describe(issue.input)}`;
    case "too_small":
    case "too_big":
      return limitText(issue) ?? sentence(issue.message);
    default:
      return sentence(issue.message);
  }
}

/** Which alternative is meant is said by one key, and that is not one of them: what is in it is what is wrong. */
function discriminatorText({ discriminator = "", input, ...issue }: z.core.$ZodIssueInvalidUnion): string {
  const options = "options" in issue ? (issue.options ?? []) : [];
  const given: unknown = typeof input === "object" && input !== null ? Reflect.get(input, discriminator) : undefined;
  return `must be ${options.map((value) => JSON.stringify(value)).join(" or ")}, and is ${describe(given)}`;
}

/** The schema's own words come first; else what the limit is. */
function limitText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string | undefined {
  if (!issue.message.startsWith("Too ")) return undefined;
  const isLeast = issue.code === "too_small";
  const limit = isLeast ? issue.minimum : issue.maximum;
  const unit = issue.origin === "string" ? " characters long" : issue.origin === "array" ? " entries long" : "";
  const words = isLeast ? ["at least", "more than"] : ["at most", "less than"];
  return `must be ${words[issue.inclusive === false ? 1 : 0]} ${limit}${unit}, and is ${describe(issue.input)}`;
}

const sentence = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);

function alternative(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return article(issue.expected);
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  return issue.message;
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

/** A value in a few words: texts and numbers as they are, the rest by their kind. */
function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
  return Array.isArray(value) ? "a list" : article(typeof value);
}

/** `data.seed`, `routes[0].host`. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the default export";
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
}

/** The keys that the schema knows at a path. */
function keysAt(root: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let schema: z.core.$ZodType | undefined = root;
  for (const key of path) schema = childOf(inner(schema), key);
  const found = inner(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function childOf(schema: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[String(key)] : undefined;
}

/** Without what wraps it: defaults, transformations, optionality. */
function inner(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodPipe) return inner(schema.in);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return inner(schema.unwrap());
  return schema;
}

function problemAt(
  path: readonly PropertyKey[],
  message: string,
  hint: string | undefined,
  { file, text }: LoadedConfig,
): Problem {
  const place = locateKey(text, path);
  return {
    file,
    ...place,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(place.line === 0 ? {} : { excerpt: text.split("\n")[place.line - 1] ?? "" }),
  };
}
