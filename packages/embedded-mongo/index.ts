export { type MongoOptions, type RunningMongo, startMongo } from "./start-mongo.ts";
