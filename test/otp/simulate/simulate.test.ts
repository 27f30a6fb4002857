import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadEnvironmentFile } from "../../../config/load.ts";
import type { Environment } from "../../../config/environment.ts";
import { missLine, render, renderSvg, scenarios, simulate } from "../../../otp/simulate/index.ts";

const builtIn = (name: string) =>
  loadEnvironmentFile(
    fileURLToPath(new URL(`../../../otp/simulate/environments/${name}.ts`, import.meta.url)),
  );

/** The same environment with the first vendor of each channel alone. */
function alone(environment: Environment): Environment {
  const { email, phone, ...rest } = environment;
  return {
    ...rest,
    ...(email && { email: { ...email, vendors: email.vendors.slice(0, 1) } }),
    ...(phone && { phone: { ...phone, vendors: phone.vendors.slice(0, 1) } }),
  };
}

/** Scenarios that any engine worth the name gets through, at any size. */
const modest = ["healthy", "down", "unresolved", "revoked", "limited", "reset", "cache-slow"];
const few = { messages: 100 };

describe.each(["unkeyed", "keyed"])("a simulation of the environment '%s'", async (name) => {
  const simulation = await simulate(await builtIn(name), { ...few, scenarios: modest });

  it("runs scenarios on both channels, each with its contenders", () => {
    const names = (scenario: string) =>
      simulation.cases.filter((one) => one.scenario === scenario).map((one) => one.contender);
    const four = ["engine", "cold-cache", "sample", "sample-with-timeout"];
    expect(names("down")).toEqual([...four, ...four]);
    const uncached = four.filter((one) => one !== "cold-cache");
    expect(names("cache-slow")).toEqual([...uncached, ...uncached]);
  });

  it.each(
    simulation.cases
      .filter(({ contender }) => !contender.startsWith("sample"))
      .map((one) => [one.channel, one.scenario, one.contender, one] as const),
  )(
    "keeps what must hold in any case: %s, %s, %s",
    (_channel, _scenario, _contender, { metrics }) => {
      expect(metrics).toMatchObject({
        ...{ over18s: 0, over20s: 0, falseReports: 0, leaks: 0, keyedDuplicates: 0 },
        ...{ dead: 0, superseded: 0, lost: 0, strays: 0, withinLife: 1 },
      });
    },
  );
});

describe("a simulation", () => {
  it("comes to the same for the same seed, and to another for another", async () => {
    const environment = await builtIn("unkeyed");
    const options = { messages: 200, scenarios: ["flaky"], channels: ["email"] as const };
    const first = await simulate(environment, { ...options, seed: 5 });
    expect(await simulate(environment, { ...options, seed: 5 })).toEqual(first);
    const other = await simulate(environment, { ...options, seed: 6 });
    expect(other.cases).not.toEqual(first.cases);
  });

  it("comes to the same on threads of its own, and tells of each scenario", async () => {
    const environment = await builtIn("unkeyed");
    const options = { messages: 100, scenarios: ["down", "healthy"] };
    const titles: string[] = [];
    const threads = await simulate(environment, {
      ...{ ...options, threads: true },
      progress: ({ done, of, channel, title }) => titles.push(`${done}/${of} ${channel} ${title}`),
    });
    expect(threads).toEqual(await simulate(environment, { ...options, threads: false }));
    expect(titles).toHaveLength(4);
    expect(titles.map((title) => title.slice(0, 3))).toEqual(["0/4", "1/4", "2/4", "3/4"]);
  });

  it.each([true, false])("is stopped by its signal (threads: %s)", async (threads) => {
    const abort = new AbortController();
    const stopped = simulate(await builtIn("unkeyed"), {
      ...{ messages: 5_000, threads, signal: abort.signal },
      progress: () => {
        abort.abort();
      },
    });
    await expect(stopped).rejects.toThrow("the simulation was stopped before its end");
  });

  it("leaves no timer behind, for its time is virtual", async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    await simulate(await builtIn("unkeyed"), {
      ...{ messages: 100, scenarios: ["hangs"], channels: ["phone"] },
    });
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("judges an environment with one vendor by what one vendor can do", async () => {
    const environment = alone(await builtIn("unkeyed"));
    const simulation = await simulate(environment, {
      ...{ messages: 200, scenarios: ["down", "healthy"], channels: ["email"] },
    });
    expect(simulation.missed).toEqual([]);
    expect(simulation.cases[4]).toMatchObject({ scenario: "down", contender: "engine" });
    expect(simulation.cases[4]?.metrics.within10s).toBe(0);
    expect(render(simulation)).toContain("E-mail has one vendor");
  });

  it("sends to a place that the environment allows, from the vendor that its route names", async () => {
    const environment = await builtIn("unkeyed");
    const { phone } = environment;
    if (!phone) throw new Error("expected phone");
    const routed = {
      ...environment,
      phone: {
        ...phone,
        countries: { allow: ["DE"] },
        routes: [{ countries: ["DE"], vendors: ["vonage-sms", "twilio"] }],
      },
    };
    const simulation = await simulate(routed, {
      ...{ messages: 300, scenarios: ["down"], channels: ["phone"] },
    });
    expect(simulation.vendors.phone).toEqual(["vonage-sms", "twilio"]);
    expect(simulation.cases[0]?.metrics.primaryShare).toBeLessThan(0.5);
  });

  it("says what scenarios there are where one is asked for that is not", async () => {
    await expect(simulate(await builtIn("unkeyed"), { scenarios: ["fire"] })).rejects.toThrow(
      `expected a scenario (${scenarios.map(({ name }) => name).join(", ")}), got: "fire"`,
    );
  });

  it("says so where the environment has no such channel", async () => {
    const { phone: _, ...environment } = await builtIn("unkeyed");
    await expect(simulate(environment, { channels: ["phone"] })).rejects.toThrow(
      "unkeyed: expected phone to be there, got: no such channel",
    );
  });

  it("tells of its progress and stops when it is told to", async () => {
    const abort = new AbortController();
    const titles: string[] = [];
    const stopped = simulate(await builtIn("unkeyed"), {
      ...{ messages: 50, scenarios: ["healthy", "down"], channels: ["email"] },
      signal: abort.signal,
      progress: ({ done, of, title }) => {
        titles.push(`${done}/${of} ${title}`);
        abort.abort();
      },
    });
    await expect(stopped).rejects.toThrow("the simulation was stopped before its end");
    expect(titles).toEqual(["0/2 All vendors well"]);
  });
});

describe("what a simulation shows", async () => {
  const simulation = await simulate(await builtIn("unkeyed"), {
    ...{ messages: 200, scenarios: ["healthy", "revoked", "bad-recipients"] },
  });

  it("holds a row per case, all assumptions, and that the goals are met", () => {
    const text = render({ ...simulation, missed: [] });
    expect(text).toContain("E-mail: sendgrid, then postmark");
    expect(text).toContain("Phone: twilio, then vonage-sms");
    expect(text.match(/^All vendors well \(healthy\)$/gm)).toHaveLength(2);
    expect(text.match(/^ {2}(engine|cold cache|sample|sample, time-out) {2,}\d/gm)).toHaveLength(
      24,
    );
    for (const line of simulation.assumptions) expect(text).toContain(line);
    expect(text).toContain("All goals met.");
  });

  it("names each goal that is missed, with the figure, and how many messages are enough", () => {
    const threshold = { contender: "engine", metric: "within10s", atLeast: 0.9999 } as const;
    const miss = { channel: "email", scenario: "down", threshold, atLeast: 0.9999, got: 0.98765 };
    const line =
      "email, down: expected share delivered within 10 s at least 99.990 %, got: 98.765 %";
    expect(missLine(miss)).toBe(line);
    const text = render({ ...simulation, missed: [miss] });
    expect(text).toContain(`1 goal missed:\n- ${line} (may be met at 2,000 messages)\n`);
    const full = render({ ...simulation, messages: 20_000, missed: [miss] });
    expect(full).toContain(`${line}\n`);
    const cold = { contender: "cold-cache", metric: "leaks", atMost: 0 } as const;
    expect(missLine({ ...miss, threshold: cold, got: 3 })).toContain("with a cold cache");
  });

  it("draws a panel per scenario with both curves", () => {
    const svg = renderSvg(simulation);
    expect(svg.match(/<g transform/g)).toHaveLength(6);
    expect(svg.match(/<polyline/g)).toHaveLength(12);
    expect(svg.match(/<(g|text|title)\b/g)).toHaveLength(
      svg.match(/<\/(g|text|title)>/g)?.length ?? 0,
    );
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("escapes what stands in names", () => {
    const svg = renderSvg({ ...simulation, environment: '<b>&"' });
    expect(svg).toContain("&lt;b&gt;&amp;&quot;");
  });
});
