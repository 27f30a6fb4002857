import { readFile } from "node:fs/promises";
import { needed, script, WorkflowError } from "./github/workflow.ts";

interface Report {
  readonly numPassedTests?: unknown;
  readonly numFailedTests?: unknown;
  readonly numPendingTests?: unknown;
  readonly success?: unknown;
}

// Prints what vitest's JSON reporter counted as one plain line, and fails where nothing passed or
// anything failed, files that could not be loaded among it.
await script(async () => {
  const file = needed(process.env, "REPORT");
  const text = await readFile(file, "utf8").catch(() => {
    throw new WorkflowError("expected vitest to write its report, got none");
  });
  const report = JSON.parse(text) as Report;
  const count = (value: unknown) => (typeof value === "number" ? value : 0);
  const passed = count(report.numPassedTests);
  const failed = count(report.numFailedTests);
  process.stdout.write(
    `${passed} passed, ${failed} failed, ${count(report.numPendingTests)} skipped\n`,
  );
  if (passed === 0) throw new WorkflowError("expected tests to pass, got: none that ran");
  if (failed > 0 || report.success !== true)
    throw new WorkflowError("expected all tests to pass, got: failures; they are listed above");
});
