// What `import ... from "drydock/test"` gives: databases for whatever runs tests.

export { type OwnDatabases, type TestDatabasesOptions, testDatabases } from "@drydock/session";
