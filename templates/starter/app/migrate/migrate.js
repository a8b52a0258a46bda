import { mongoUrl, readEnvironment } from "../shared/environment.js";
import { log } from "../shared/log.js";
import { openMongo } from "../shared/mongo.js";
import { ensureIndexes, ensureValidator } from "./orders-schema.js";
import "../shared/shutdown.js";

// Runs before the services, at every start: each step looks at what is there and may run any number of times.
const { MONGO_URL } = readEnvironment({ MONGO_URL: mongoUrl });

const db = openMongo(MONGO_URL);
await ensureValidator(db);
const indexes = await ensureIndexes(db);
log.info("migrated", { indexes });
await db.client.close();
