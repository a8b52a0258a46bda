import { z } from "zod";
import { backupSchema } from "./sections/backup-schema.ts";
import { certificatesSchema } from "./sections/certificates-schema.ts";
import { dataSchema } from "./sections/data-schema.ts";
import { frontSchema } from "./sections/front-schema.ts";
import { reloadSchema } from "./sections/reload-schema.ts";
import { routesSchema } from "./sections/routes-schema.ts";
import type { Settings } from "./settings.ts";

/** One entry a section: a new section is its files in sections/, and a line here, in `Settings` and in `Config`. */
export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  backup: backupSchema,
  certificates: certificatesSchema,
  data: dataSchema,
  front: frontSchema,
  reload: reloadSchema,
  routes: routesSchema,
});
