import type { IdKey, Ref } from "./id.ts";
import type { BsonType } from "./moment.ts";
import type { BsonValue } from "./values.ts";

/** The definitions of a dataset, with every reference held to its collections, and every document to the fields that its validator allows. */
export type Checked<Collections> = {
  readonly [Name in keyof Collections]: CheckedCollection<Collections[Name], Extract<keyof Collections, string>>;
};

/** The entries of Redis, with the collections that they count. */
export type CheckedEntries<Extras, Known extends string> = Extras extends { readonly redis: infer Entries }
  ? { readonly redis: { readonly [Name in keyof Entries]: CheckedCount<Entries[Name], Known> } }
  : unknown;

type CheckedCollection<Definition, Known extends string> = CheckedCount<Definition, Known> &
  (Definition extends { readonly document: (context: infer Context) => infer Document }
    ? { readonly document: (context: Context) => CheckedFields<Document, Known> & AllowedFields<Definition, Document> }
    : unknown);

type CheckedCount<Definition, Known extends string> = Definition extends {
  readonly count?: { readonly parent: infer Parent extends string };
}
  ? Parent extends Known
    ? unknown
    : { readonly count: number | { readonly parent: Known } }
  : unknown;

type CheckedFields<Value, Known extends string> = Value extends unknown
  ? IdKey extends keyof Value
    ? CheckedId<Value, Known>
    : Value extends Date | BsonValue<BsonType> | Uint8Array | RegExp | ((...words: never[]) => unknown)
      ? Value
      : Value extends readonly (infer Element)[]
        ? readonly CheckedFields<Element, Known>[]
        : Value extends object
          ? { readonly [Field in keyof Value]: CheckedFields<Value[Field], Known> }
          : Value
  : never;

/** An id of no collection that could be named is anybody's. */
type CheckedId<Value, Known extends string> =
  Value extends Ref<infer Name> ? (string extends Name ? Value : Name extends Known ? Value : Ref<Known>) : Value;

/** JSON Schema's additionalProperties: false names all the fields that may be. */
type AllowedFields<Definition, Document> = Definition extends {
  readonly validator: {
    readonly $jsonSchema: { readonly additionalProperties: false; readonly properties: infer Properties };
  };
}
  ? { readonly [Field in Exclude<keyof Document, keyof Properties | "_id">]: never }
  : unknown;
