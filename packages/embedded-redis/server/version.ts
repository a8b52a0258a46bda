/** The version of Redis whose behaviour this server has. Clients choose commands and options by it. */
export const redisVersion = "7.4.2";
