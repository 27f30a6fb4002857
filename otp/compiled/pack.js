// Run by `prepack`: an installed package brings the command line compiled, and the app too if the
// bindings have been made.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { compileInto } from "./compile.js";
import { root } from "./programs.js";

const kept = join(root, "dist", ".compiled");
await compileInto("otp", kept, "packed-otp");
if (existsSync(join(root, ".gen", "providers", "auth0")))
  await compileInto("app", kept, "packed-app");
