import { MongoError } from "../../errors/mongo-error.ts";
import { type Near, parseNear } from "../../match/geo/near.ts";
import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, type Value } from "../../values/document.ts";
import { splitPath, visitPath } from "../../values/path.ts";
import { parsePath } from "../expressions/field-path.ts";
import { setMetadata } from "../expressions/metadata.ts";
import { typeName } from "../expressions/values.ts";
import { ExternalSort } from "../spill/external-sort.ts";
import { argumentFields } from "./argument-fields.ts";
import { queryOptionsOf } from "./compiler.ts";
import { inBatches } from "./flow.ts";
import type { StageCompiler, StageContext } from "./stage.ts";
import { setPath } from "./unwind.ts";

const known = [
  "near",
  "distanceField",
  "spherical",
  "maxDistance",
  "minDistance",
  "query",
  "distanceMultiplier",
  "includeLocs",
  "key",
];

interface GeoNear {
  readonly near: Near;
  readonly path: string;
  readonly multiplier: number;
  readonly distanceField: readonly string[] | undefined;
  readonly locationField: readonly string[] | undefined;
}

/** `$geoNear`: the documents that have a place, the nearest first. It has to have a geographic index, as in MongoDB, but looks at all documents. */
export const compileGeoNear: StageCompiler = (argument, context) => {
  const fields = argumentFields(argument, "$geoNear", known, { notObject: 10065, unknown: 40415 });
  const text = (name: string) => {
    const value = fields.get(name);
    if (value === undefined || typeof value === "string") return value;
    throw new MongoError(
      name === "key" ? 5861400 : 16606,
      `$geoNear parameter '${name}' must be of type string but found type: ${typeName(value)}`,
    );
  };
  const [distanceField, includeLocs, key] = [text("distanceField"), text("includeLocs"), text("key")];
  const query = fields.get("query") ?? Document.of(new Map());
  if (!(query instanceof Document))
    throw new MongoError("TypeMismatch", "$geoNear parameter 'query' must be an object");
  const multiplier = fields.get("distanceMultiplier");
  const geo: GeoNear = {
    near: readNear(fields),
    path: pathOf(context, key),
    multiplier: isNumber(multiplier) ? toDouble(multiplier) : 1,
    distanceField: distanceField === undefined ? undefined : parsePath(distanceField),
    locationField: includeLocs === undefined ? undefined : parsePath(includeLocs),
  };
  const options = queryOptionsOf(context);
  const matcher = compileMatcher(parseFilter(query, options), options);
  return {
    isFirst: true,
    async *run(source) {
      const order = { compare: (a: number, b: number) => a - b, save: (key: number) => key, load: Number };
      const sort = new ExternalSort<number>(order, context, "$geoNear");
      try {
        for await (const batch of source) {
          for (const document of batch) {
            const found = nearest(document, geo);
            if (found && matcher.matches(document)) sort.add(found.distance, withDistance(document, found, geo));
          }
        }
        yield* inBatches(sort.sorted());
      } finally {
        sort.close();
      }
    },
  };
};

function readNear(fields: ReadonlyMap<string, Value>): Near {
  const near = fields.get("near");
  if (near === undefined) throw new MongoError(5860400, "$geoNear requires a 'near' argument");
  const limits = ["minDistance", "maxDistance"].flatMap((name): [string, Value][] => {
    const value = fields.get(name);
    return value === undefined ? [] : [[`$${name}`, value]];
  });
  const isGeoJson = near instanceof Document && near.has("type");
  const operator = fields.get("spherical") === true ? "$nearSphere" : "$near";
  return parseNear(operator, Document.from([[isGeoJson ? "$geometry" : operator, near], ...limits]));
}

/** The field of the index to use. @throws MongoError IndexNotFound when there is none, or more than one */
function pathOf({ info, namespace }: StageContext, key: string | undefined): string {
  const indexes = info(namespace)?.indexes ?? [];
  const paths = indexes.flatMap((index) =>
    index.key.filter(([, kind]) => kind === "2dsphere" || kind === "2d").map(([path]) => path),
  );
  if (key !== undefined && paths.includes(key)) return key;
  const [path, ...others] = new Set(paths);
  if (path === undefined || key !== undefined) {
    throw new MongoError("IndexNotFound", "$geoNear requires a 2d or 2dsphere index, but none were found");
  }
  if (others.length > 0) {
    throw new MongoError(
      "IndexNotFound",
      "There is more than one geographic index; unsure which to use for $geoNear: say 'key'",
    );
  }
  return path;
}

interface Found {
  readonly distance: number;
  readonly location: Value;
}

function nearest(document: Document, { near, path }: GeoNear): Found | undefined {
  let best: Found | undefined;
  visitPath(document, splitPath(path), "elements", (value) => {
    const distance = near.distance(value);
    if (distance !== undefined && value !== undefined && (!best || distance < best.distance))
      best = { distance, location: value };
    return false;
  });
  return best && best.distance >= near.minDistance && best.distance <= near.maxDistance ? best : undefined;
}

function withDistance(document: Document, { distance, location }: Found, geo: GeoNear): Document {
  const scaled = distance * geo.multiplier;
  let made = geo.distanceField ? setPath(document, geo.distanceField, scaled) : document;
  if (geo.locationField) made = setPath(made, geo.locationField, location);
  setMetadata(made, "geoNearDistance", scaled);
  setMetadata(made, "geoNearPoint", location);
  return made;
}
