import { defineConfig } from "vitest/config";
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** Those that wait for real time come last: most mutants are dead by then. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) =>
      Number(/(attempt|execute|plain-text|invariants)\.test/.test(moduleId));
    return Promise.resolve([...files].sort((one, other) => waits(one) - waits(other)));
  }
}

/** What mutants of the engine are tried with: the tests that need nothing but the engine. */
export default defineConfig({
  test: {
    include: ["test/actions/delivery/*.test.ts"],
    // One process that ends at the first failure: it is started for each mutant.
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    sequence: { sequencer: QuickFirst },
    testTimeout: 20_000,
  },
});
