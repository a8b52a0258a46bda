import { BSON } from "mongodb";

// Values of BSON types in tests: a JavaScript number is an int where it is whole and fits, else a double.

export const long = (text: string): BSON.Long => BSON.Long.fromString(text);
export const double = (value: number): BSON.Double => new BSON.Double(value);
export const decimal = (text: string): BSON.Decimal128 => BSON.Decimal128.fromString(text);
export const date = (text: string): Date => new Date(text);
export const id = (text: string): BSON.ObjectId => new BSON.ObjectId(text);
export const stamp = (t: number, i: number): BSON.Timestamp => new BSON.Timestamp({ t, i });
export const pattern = (text: string, options = ""): BSON.BSONRegExp => new BSON.BSONRegExp(text, options);
