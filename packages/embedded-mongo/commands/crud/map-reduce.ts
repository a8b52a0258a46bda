import { MongoError } from "../../errors/mongo-error.ts";
import type { Command } from "../command.ts";

/** Runs JavaScript of the client: refused by name. */
export const mapReduce: Command = {
  name: "mapReduce",
  aliases: ["mapreduce"],
  access: "read",
  help: "Not supported: it runs JavaScript. An aggregation pipeline says the same.",
  run() {
    throw new MongoError(
      "CommandNotSupported",
      "mapReduce is not supported by this server, which runs no JavaScript of clients. Use an aggregation pipeline.",
    );
  },
};
