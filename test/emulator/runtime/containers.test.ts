import { afterEach, describe, expect, it } from "vitest";
import { ActionContainers } from "../../../emulator/runtime/index.ts";

const containers = new ActionContainers();
afterEach(() => containers.stop());

const action = (body: string, head = "") =>
  `${head}\nexports.handle = async (event, api) => { ${body} };`;
const run = (version: string, code: string, event: unknown = {}, limitMs = 5_000) =>
  containers.run(version, code, { handler: "handle", event, limitMs });

describe("warm containers", () => {
  const counting = action("runs += 1; console.log(runs);", "let runs = 0;");

  it("load the module of a version once", async () => {
    expect((await run("a 1", counting)).log).toBe("1");
    expect((await run("a 1", counting)).log).toBe("2");
  });

  it("start another version anew", async () => {
    await run("a 1", counting);
    expect((await run("a 2", counting)).log).toBe("1");
  });

  it("tell the console lines of executions that run side by side apart", async () => {
    const slow = action(
      "for (let i = 0; i < 3; i++) { await new Promise((r) => setTimeout(r, 5)); console.log(event.name); }",
    );
    const names = Array.from({ length: 20 }, (_, index) => `n${String(index)}`);
    const runs = await Promise.all(names.map((name) => run("b 1", slow, { name })));
    expect(runs.map(({ log }) => log)).toEqual(names.map((name) => `${name}\n${name}\n${name}`));
  });

  it.each([
    ["takes too long", "for (;;);", { kind: "timeout" }],
    ["ends its process", "process.exit(1)", { kind: "error" }],
  ])(
    "give the next execution a container of its own after one that %s",
    async (_, body, outcome) => {
      const code = action(`if (event.bad) { ${body} }`);
      expect((await run("c 1", code, { bad: true }, 300)).outcome).toMatchObject(outcome);
      expect((await run("c 1", code)).outcome).toEqual({ kind: "delivered" });
    },
  );

  it("end one execution at its limit and let its neighbours finish", async () => {
    const code = action("await new Promise((r) => setTimeout(r, event.ms));");
    const [late, prompt] = await Promise.all([
      run("d 1", code, { ms: 2_000 }, 200),
      run("d 1", code, { ms: 600 }),
    ]);
    expect(late.outcome).toEqual({ kind: "timeout" });
    expect(prompt.outcome).toEqual({ kind: "delivered" });
  });

  it("report code that does not load at every execution", async () => {
    const broken = "throw new Error('broken')";
    expect((await run("e 1", broken)).error).toBe("broken");
    expect((await run("e 1", broken)).error).toBe("broken");
  });
});
