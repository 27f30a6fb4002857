#!/usr/bin/env node
// Runs on any Node that knows modules, so that an old one is told so instead of crashing.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 22) {
  process.stderr.write(
    `otp needs Node 22 or newer, and this is ${process.versions.node}; ` +
      "install it, or run otp by npx in a checkout with development packages, which bring one\n",
  );
  process.exitCode = 1;
} else {
  const { runProgram } = await import("./compiled/run.js");
  await runProgram("otp");
}

export {};
