#!/usr/bin/env node
// The sources are TypeScript: tsx runs them as they are, on whatever Node started this file.
import { register } from "tsx/esm/api";

register();
await import("./main.ts");
