import { writeFileSync } from "node:fs";
import { environmentDocs } from "./environment-docs.ts";
import { computeCallingCodes } from "./calling-codes.ts";
import { vendorDocs } from "./vendor-docs.ts";

writeFileSync(new URL("../docs/vendors.md", import.meta.url), vendorDocs());
writeFileSync(new URL("../docs/environments.md", import.meta.url), environmentDocs());
writeFileSync(
  new URL("calling-codes.json", import.meta.url),
  `${JSON.stringify(computeCallingCodes())}\n`,
);
