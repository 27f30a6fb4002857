import { beforeEach, describe, expect, it } from "vitest";
import type { Io } from "../../../actions/delivery/io.ts";
import { fetchToken } from "../../../actions/delivery/token.ts";
import { vendor as http } from "../../../actions/vendors/email/http.ts";
import { vendor as microsoftGraph } from "../../../actions/vendors/email/microsoft-graph.ts";
import { email } from "../vendors/messages.ts";
import { World, step } from "./world.ts";

const tokenUrl = "https://login.microsoftonline.com/t/oauth2/v2.0/token";
const sendUrl = "https://graph.microsoft.com/v1.0/users/u/sendMail";

/** Microsoft's two endpoints; each answers what it is told to, in order, the last again and again. */
function microsoft(
  world: World,
  tokens: readonly (object | Error | "hangs")[],
  sends: readonly number[],
) {
  const asked: string[] = [];
  const bearers: (string | undefined)[] = [];
  const turn = <T>(list: readonly T[], url: string) =>
    list[Math.min(asked.filter((one) => one === url).length, list.length) - 1];
  const io: Io = {
    ...world.io,
    fetch: (input, request) => {
      const { url } = new Request(input);
      asked.push(url);
      if (url === sendUrl) {
        bearers.push((request?.headers as Record<string, string>)["authorization"]);
        return Promise.resolve(new Response(null, { status: turn(sends, url) ?? 500 }));
      }
      const token = turn(tokens, url);
      if (token instanceof Error) return Promise.reject(token);
      if (token === "hangs")
        return new Promise((_, reject) => {
          request?.signal?.addEventListener("abort", () => {
            reject(new Error("aborted"));
          });
        });
      const status = token && "error" in token ? 401 : 200;
      return Promise.resolve(new Response(JSON.stringify(token), { status }));
    },
  };
  const counts = () => ({
    tokens: asked.filter((one) => one === tokenUrl).length,
    sends: asked.filter((one) => one === sendUrl).length,
  });
  return { io, counts, bearers };
}

const granted = (token: string) => ({ access_token: token, expires_in: 3_600 });
const graphStep = (id = "graph") =>
  step(id, {
    medium: "email",
    vendor: microsoftGraph as never,
    settings: { tenantId: "t", clientId: "c", user: "u", bodyType: "html" },
    secrets: () => ({ clientSecret: "s" }),
  });

let world: World;
let number = 0;
beforeEach(() => {
  world = new World();
});

async function send(io: Io, graph = graphStep(), deadlineMs = 1_500) {
  Object.defineProperty(world, "io", { value: io, configurable: true });
  const content = String(number++);
  return world.deliver(
    [graph],
    { deadlineMs, fetchToken },
    { content, message: () => ({ ...email() }) },
  );
}

describe("a token", () => {
  it("is fetched before the first message and sent with it", async () => {
    const { io, counts, bearers } = microsoft(world, [granted("one")], [202]);
    expect((await send(io)).outcome).toBe("accepted");
    expect(counts()).toEqual({ tokens: 1, sends: 1 });
    expect(bearers).toEqual(["Bearer one"]);
  });

  it("is kept for the next messages, of other instances too", async () => {
    const { io, counts } = microsoft(world, [granted("one")], [202]);
    await send(io);
    await send(io);
    expect(counts()).toEqual({ tokens: 1, sends: 2 });
  });

  it("is kept until a minute before it expires", async () => {
    const { io, counts } = microsoft(world, [granted("one")], [202]);
    const graph = graphStep();
    await send(io, graph);
    await world.pass(3_539_000);
    await send(io, graph);
    expect(counts().tokens).toBe(1);
    await world.pass(1_000);
    await send(io, graph);
    expect(counts().tokens).toBe(2);
  });

  it("belongs to one use of a vendor", async () => {
    const { io, counts } = microsoft(world, [granted("one")], [202]);
    await send(io, graphStep("one"));
    await send(io, graphStep("two"));
    expect(counts().tokens).toBe(2);
  });

  it("that was kept and is refused is fetched anew in the same execution, and kept", async () => {
    const { io, counts, bearers } = microsoft(
      world,
      [granted("one"), granted("two")],
      [202, 401, 202],
    );
    const graph = graphStep();
    for (let count = 0; count < 3; count++)
      expect((await send(io, graph)).outcome).toBe("accepted");
    expect(counts()).toEqual({ tokens: 2, sends: 4 });
    expect(bearers).toEqual(["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
  });

  it("that is new and refused is the account's fault", async () => {
    const { io, counts } = microsoft(world, [granted("one")], [401]);
    expect((await send(io)).report).toMatchObject({ config: ["graph"], status: 401 });
    expect(counts()).toEqual({ tokens: 1, sends: 1 });
  });

  it("is not thrown away for any other failure", async () => {
    const { io, counts } = microsoft(world, [granted("one")], [503, 503, 202]);
    const graph = graphStep();
    expect((await send(io, graph, 17_000)).outcome).toBe("accepted");
    expect(counts()).toEqual({ tokens: 1, sends: 3 });
  });
});

describe("a token that is not to be had", () => {
  it("is a fault of the configuration where it is refused", async () => {
    const { io, counts } = microsoft(
      world,
      [{ error: "invalid_client", error_codes: [7000222] }],
      [],
    );
    const { outcome, report } = await send(io);
    expect(outcome).toBe("failed");
    expect(report).toMatchObject({ status: 401, code: "7000222", config: ["graph"] });
    expect(counts().sends).toBe(0);
  });

  it("is a passing failure where its server cannot be reached", async () => {
    const { io, counts } = microsoft(world, [new TypeError("failed"), granted("one")], [202]);
    const { outcome, report } = await send(io, graphStep(), 17_000);
    expect({ outcome, attempts: report.attempts }).toEqual({ outcome: "accepted", attempts: 1 });
    expect(counts()).toEqual({ tokens: 2, sends: 1 });
  });

  it("is said to be what failed", async () => {
    const { io } = microsoft(world, [new TypeError("failed")], []);
    expect((await send(io)).report).toMatchObject({ status: "token", vendor: "graph" });
  });

  it("takes no longer than the whole call may", async () => {
    const { io } = microsoft(world, ["hangs"], []);
    const { outcome, ms } = await send(io, graphStep(), 1_800);
    expect(outcome).toBe("failed");
    expect(ms).toBe(1_800);
  });
});

it("asks nobody for a vendor without tokens", async () => {
  const plain = step("http", { vendor: http as never });
  expect(
    await fetchToken(world.io, plain, {
      ...{ secrets: {}, tokens: world.memory.tokens, fresh: false, limitMs: 1_000 },
      abort: new AbortController(),
    }),
  ).toBeUndefined();
});

it("leaves what remains of the call's time to the message", async () => {
  const { io } = microsoft(world, [granted("one")], []);
  let now = 0;
  // Fetching the token takes 700 ms.
  const slow: Io = { ...io, now: () => now };
  const limits: number[] = [];
  const fetching: Io = {
    ...slow,
    setTimeout: (call, ms) => (limits.push(ms), slow.setTimeout(call, ms)),
    fetch: (...given) => {
      now += 700;
      return io.fetch(...given);
    },
  };
  Object.defineProperty(world, "io", { value: fetching, configurable: true });
  await world.deliver(
    [graphStep()],
    { deadlineMs: 5_000, fetchToken },
    { message: () => ({ ...email() }), began: now },
  );
  expect(limits.filter((ms) => ms > 2_000)).toEqual([5_000, 4_300]);
});
