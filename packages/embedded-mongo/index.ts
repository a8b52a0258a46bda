export { isMongoParameter } from "./server/settable-parameters.ts";
export { type MongoOptions, type RunningMongo, startMongo } from "./start-mongo.ts";
