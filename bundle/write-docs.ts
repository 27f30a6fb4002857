import { writeFileSync } from "node:fs";
import { vendorDocs } from "./vendor-docs.ts";

writeFileSync(new URL("../docs/vendors.md", import.meta.url), vendorDocs());
