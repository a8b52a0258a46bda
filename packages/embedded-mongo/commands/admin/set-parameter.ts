import { MongoError } from "../../errors/mongo-error.ts";
import { genericFieldNames } from "../../server/generic-fields.ts";
import { settableParameters } from "../../server/settable-parameters.ts";
import { Document } from "../../values/document.ts";
import { typeOf } from "../../values/types.ts";
import type { Command } from "../command.ts";

/** Sets a parameter (manual, setParameter). */
export const setParameter: Command = {
  name: "setParameter",
  access: "clusterAdmin",
  isAdminOnly: true,
  help: "Sets a parameter of the server.",
  run({ server }, request) {
    for (const [name, value] of request.fields()) {
      if (name === "setParameter" || genericFieldNames.has(name)) continue;
      const was = server.parameters.get(name);
      if (was === undefined || !settableParameters.has(name))
        throw new MongoError("InvalidOptions", `attempted to set unrecognized or unchangeable parameter [${name}]`);
      if (typeof was === "boolean" && typeof value !== "boolean")
        throw new MongoError("TypeMismatch", `parameter ${name} is a boolean, not of the type ${typeOf(value).alias}`);
      server.parameters.set(name, value);
      return Document.from([["was", was]]);
    }
    throw new MongoError("InvalidOptions", "no option found to set, use help:true to see options");
  },
};
