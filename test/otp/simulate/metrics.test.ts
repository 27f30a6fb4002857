import { describe, expect, it } from "vitest";
import { handwritten, metricsFor, secretValue } from "./actions-under-test.ts";

describe("the metrics of a run", () => {
  it("are those of a good delivery where there is nothing wrong", async () => {
    const found = await metricsFor(handwritten('await post("first");'), "healthy");
    expect(found).toMatchObject({
      ...{ messages: 200, within10s: 1, withinLife: 1, duplicates: 0, callsPerDelivered: 1 },
      ...{ executions: 200, over18s: 0, over20s: 0, falseReports: 0, dead: 0, lost: 0, leaks: 0 },
      ...{ badRecipients: 0, badMishandled: 0, strays: 0 },
    });
    expect(found.p50Ms).toBeGreaterThan(150);
    expect(found.p50Ms).toBeLessThan(400);
  });

  it("count what was reported as accepted and is nowhere", async () => {
    const found = await metricsFor(handwritten('await post("first");'), "down");
    expect(found).toMatchObject({ within10s: 0, falseReports: 200, p50Ms: null });
  });

  it("take no retry and no drop for a false report, even of what was delivered", async () => {
    const retried = handwritten('await post("first"); retry("again");');
    expect(await metricsFor(retried, "healthy")).toMatchObject({
      ...{ falseReports: 0, executions: 1_200, duplicates: 5_000, keyedDuplicates: 1_000 },
    });
    const dropped = handwritten('await post("first"); drop("no");');
    expect(await metricsFor(dropped, "healthy")).toMatchObject({ falseReports: 0, within10s: 1 });
  });

  it("count copies at two vendors, but not as copies at one", async () => {
    const twice = handwritten('await post("first", "a" + notification.to); await post("second");');
    expect(await metricsFor(twice, "healthy")).toMatchObject({
      ...{ duplicates: 1_000, keyedDuplicates: 0, callsPerDelivered: 2 },
    });
  });

  it("count no copy where a vendor knows the key again", async () => {
    const again = handwritten('for (let i = 0; i < 3; i++) await post("first", notification.to);');
    expect(await metricsFor(again, "healthy")).toMatchObject({
      ...{ duplicates: 0, keyedDuplicates: 0, callsPerDelivered: 3 },
    });
  });

  it("count executions that take too long, and run those again that Auth0 ends", async () => {
    const wait = (ms: number) =>
      handwritten(`await new Promise((resolve) => setTimeout(resolve, ${ms})); drop("late");`);
    expect(await metricsFor(wait(18_500), "healthy", 50)).toMatchObject({
      over18s: 50,
      over20s: 0,
    });
    expect(await metricsFor(wait(25_000), "healthy", 50)).toMatchObject({
      ...{ over18s: 300, over20s: 300, executions: 300 },
    });
  });

  it("run an execution again that throws, six times in all", async () => {
    const throwing = handwritten('throw new Error("no");');
    expect(await metricsFor(throwing, "healthy", 50)).toMatchObject({
      ...{ executions: 300, lost: 50, falseReports: 0 },
    });
  });

  it("count codes that were sent dead", async () => {
    const late = handwritten('await post("first").then(({ ok }) => ok || retry("later"));');
    expect((await metricsFor(late, "outage", 4_000)).dead).toBeGreaterThan(0);
  });

  it("do not count as lost what no execution could deliver", async () => {
    const idle = handwritten('drop("no");');
    expect((await metricsFor(idle, "healthy")).lost).toBe(200);
    const { lost, messages } = await metricsFor(idle, "outage", 4_000);
    expect(lost).toBeLessThan(messages);
    expect(lost).toBeGreaterThan(0);
  });

  it("count what is not dropped after one call though its recipient is bad", async () => {
    const once = handwritten(
      'const { status } = await post("first"); if (status > 299) drop("refused");',
    );
    const well = await metricsFor(once, "bad-recipients", 500);
    expect(well.badRecipients).toBeGreaterThan(5);
    expect(well).toMatchObject({ badMishandled: 0, badCalls: 1 });
    const stubborn = handwritten(
      'const { status } = await post("first"); if (status > 299) retry("refused");',
    );
    const ill = await metricsFor(stubborn, "bad-recipients", 500);
    expect(ill).toMatchObject({ badMishandled: ill.badRecipients, badCalls: 6 });
  });

  it.each([
    ["the code in a log line", "console.log(notification.text);"],
    ["the recipient in a log line", "console.log(notification.to);"],
    ["a secret in a log line", `console.log("${secretValue}");`],
    ["the recipient in a reason", 'drop("no mailbox " + notification.to);'],
    ["a vendor's answer in a reason", 'retry(await (await post("first")).text());'],
  ])("count %s as a leak", async (_where, body) => {
    const { leaks } = await metricsFor(handwritten(body), "bad-recipients", 300);
    expect(leaks).toBeGreaterThan(0);
  });

  it("count requests that go to nobody", async () => {
    const astray = handwritten('await post("third").catch(() => drop("no"));');
    expect(await metricsFor(astray, "healthy")).toMatchObject({ strays: 200, falseReports: 0 });
  });
});
