import { HTTPException } from "hono/http-exception";
import { MongoNetworkError, MongoServerSelectionError } from "mongodb";
import { log } from "../shared/log.js";
import { BadRequest } from "./parse.js";

/** What a client is told when a request fails. @type {import("hono").ErrorHandler} */
export function toAnswer(error, c) {
  if (error instanceof BadRequest) return c.json({ error: error.message, fields: error.fields }, 400);
  if (error instanceof HTTPException) return error.getResponse();
  if (error instanceof MongoServerSelectionError || error instanceof MongoNetworkError) {
    log.warn("mongo does not answer", { error: error.message });
    return c.json({ error: "the database does not answer, try again" }, 503, { "Retry-After": "1" });
  }
  log.error("a request failed", { method: c.req.method, path: c.req.path, error });
  return c.json({ error: "something went wrong here, and it was logged" }, 500);
}
