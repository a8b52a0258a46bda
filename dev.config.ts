import { defineConfig } from "drydock";

// The demo stack is the starter, and so are its data.
export default defineConfig({ data: { seeds: "templates/starter/seeds" } });
