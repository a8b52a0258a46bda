// What `import ... from "drydock/mongo"` gives: a MongoDB server for tests.

export { type LoneServer as MongoServer, type MongoServerOptions, startMongo } from "@drydock/session";
