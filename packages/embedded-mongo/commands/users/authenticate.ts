import { MongoError } from "../../errors/mongo-error.ts";
import type { Command } from "../command.ts";

/** The login by certificates (manual, "x.509"), which this server does not have: it is refused by the mechanism's name. */
export const authenticate: Command = {
  name: "authenticate",
  access: "none",
  help: "Begins a login by certificate, which this server does not have.",
  run(_, request) {
    const mechanism = request.get("mechanism");
    const name = typeof mechanism === "string" ? mechanism : "MONGODB-X509";
    throw new MongoError(
      "MechanismUnavailable",
      `Received authentication for mechanism ${name} which is unknown or not enabled`,
    );
  },
};
