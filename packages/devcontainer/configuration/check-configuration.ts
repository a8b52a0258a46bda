import { findNodeAtLocation, getNodeValue, type Node } from "jsonc-parser";
import { parsePortPlace } from "./port-place.ts";

/** A mistake at an offset of the text. */
export interface Mistake {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
}

/** Whether a path is there; relative ones are against the configuration's folder. */
export type FileExists = (path: string) => boolean;

/** Every mistake that keeps a container from being made, or a port from being forwarded, in the order of the text. */
export function checkConfiguration(root: Node, exists: FileExists): readonly Mistake[] {
  const checks = [hasSource, composeNamesService, portsArePorts, attributesAreObjects, filesExist(exists)];
  return checks.flatMap((check) => check(root)).sort((a, b) => a.offset - b.offset);
}

const filesExist =
  (exists: FileExists) =>
  (root: Node): readonly Mistake[] => {
    const compose = findNodeAtLocation(root, ["dockerComposeFile"]);
    const named = [
      ...(compose?.type === "array" ? (compose.children ?? []) : [compose]),
      findNodeAtLocation(root, ["dockerFile"]),
      findNodeAtLocation(root, ["build", "dockerfile"]),
    ];
    return named
      .flatMap((node) => (typeof node?.value === "string" ? [{ node, path: node.value as string }] : []))
      .filter(({ path }) => !path.includes("${") && !exists(path))
      .map(({ node, path }) =>
        at(node, `there is no ${path}`, { hint: "paths are relative to the folder of this file" }),
      );
  };

const hasSource = (root: Node): readonly Mistake[] => {
  const keys = ["image", "dockerComposeFile", "dockerFile", "build"];
  if (keys.some((key) => findNodeAtLocation(root, [key]))) return [];
  return [
    {
      offset: root.offset,
      length: 1,
      message: "it does not say what the container is made from",
      hint: 'add "image", or "build" with a "dockerfile", or "dockerComposeFile" with a "service"',
    },
  ];
};

const composeNamesService = (root: Node): readonly Mistake[] => {
  const compose = findNodeAtLocation(root, ["dockerComposeFile"]);
  const service = findNodeAtLocation(root, ["service"]);
  if (!compose || typeof service?.value === "string") return [];
  return [
    at(keyOf(service) ?? keyOf(compose) ?? compose, "a Compose dev container names the service that is the workspace", {
      hint: 'add "service": "NAME"',
    }),
  ];
};

const portsArePorts = (root: Node): readonly Mistake[] => {
  const list = findNodeAtLocation(root, ["forwardPorts"]);
  if (!list) return [];
  if (list.type !== "array") return [at(list, "forwardPorts is a list", { hint: `write [${getText(list)}]` })];
  return (list.children ?? [])
    .filter((each) => parsePortPlace(getNodeValue(each)) === undefined)
    .map((each) =>
      at(each, `forwardPorts: ${getText(each)} is no port`, { hint: 'a number from 1 to 65535, or "service:number"' }),
    );
};

const attributesAreObjects = (root: Node): readonly Mistake[] => {
  const map = findNodeAtLocation(root, ["portsAttributes"]);
  if (!map) return [];
  if (map.type !== "object") return [at(map, "portsAttributes is an object of ports", {})];
  return (map.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    value && value.type !== "object"
      ? [at(value, `portsAttributes.${key?.value} is an object`, { hint: 'such as { "label": "web" }' })]
      : [],
  );
};

function at({ offset, length }: Node, message: string, more: { readonly hint?: string }): Mistake {
  return { offset, length, message, ...more };
}

/** The name that a value is given, where it is a property's. */
function keyOf(value: Node | undefined): Node | undefined {
  return value?.parent?.type === "property" ? value.parent.children?.[0] : undefined;
}

const getText = (node: Node): string => JSON.stringify(getNodeValue(node));
