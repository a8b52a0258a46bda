// The same property as in every run, on many more files.
process.env.PROPERTY_RUNS = "10000";
await import("./load-compose.property.test.ts");
