import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    // Most of the time is spent waiting for Terraform, servers and a browser; one worker, which is
    // the default on two cores, would wait alone.
    maxWorkers: 3,
    // Tests that run Terraform or a browser take seconds, more on a busy machine; none may hang.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
