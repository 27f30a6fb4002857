// The app that cdktf.json names: synthesises the stacks of environments into `cdktf.out`.
import { runProgram } from "./compiled/run.js";

await runProgram("app");
