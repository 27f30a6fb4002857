import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { signed } from "../../../actions/vendors/sigv4.ts";

interface SignedCapture {
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly region: string;
  };
  readonly cases: readonly {
    readonly case: string;
    readonly request: { readonly url: string };
    readonly wire: { readonly rawBody: string };
    readonly aws: {
      readonly service: string;
      readonly signedHeaders: readonly string[];
      readonly vector: {
        readonly amzDate: string;
        readonly signedHeaderValues: Readonly<Record<string, string>>;
        readonly signature: string;
      };
    };
  }[];
}

const vendors = ["email/amazon-ses", "phone/amazon-sns", "phone/aws-end-user-messaging"];

const captures = vendors.flatMap((vendor) => {
  const url = new URL(`../../fixtures/vendors/${vendor}.json`, import.meta.url);
  const { credentials, cases } = JSON.parse(readFileSync(url, "utf8")) as SignedCapture;
  return cases.map((one) => ({ ...one, credentials, title: `${vendor} ${one.case}` }));
});

/** Milliseconds of a time such as `20260102T030405Z`. */
function time(amzDate: string): number {
  return Date.parse(
    amzDate.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, (_all, ...part: string[]) => {
      const [year, month, day, hour, minute, second] = part;
      return `${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute ?? ""}:${second ?? ""}Z`;
    }),
  );
}

describe("Signature Version 4", () => {
  it("is compared with every capture of three services", () => {
    expect(captures).toHaveLength(10);
  });

  it.each(captures)("equals the SDK's for the same headers: $title", (capture) => {
    const { signedHeaders, service, vector } = capture.aws;
    const { host, ...headers } = vector.signedHeaderValues;
    expect(new URL(capture.request.url).host).toBe(host);
    const { headers: sent, body } = signed(
      { method: "POST", url: capture.request.url, headers, body: capture.wire.rawBody },
      { ...capture.credentials, service, now: time(vector.amzDate) },
    );
    expect(sent["x-amz-date"]).toBe(vector.amzDate);
    expect(body).toBe(capture.wire.rawBody);
    const scope = `${vector.amzDate.slice(0, 8)}/${capture.credentials.region}/${service}/aws4_request`;
    expect(sent["authorization"]).toBe(
      `AWS4-HMAC-SHA256 Credential=${capture.credentials.accessKeyId}/${scope}, ` +
        `SignedHeaders=${signedHeaders.join(";")}, Signature=${vector.signature}`,
    );
  });

  it("signs at the time that it is given, whatever the clock says", () => {
    const [capture] = captures;
    if (!capture) throw new Error("expected a capture");
    const sign = (now: number) =>
      signed(
        { method: "POST", url: capture.request.url, headers: {}, body: "" },
        { ...capture.credentials, service: "ses", now },
      );
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    expect(sign(at)).toEqual(sign(at));
    expect(sign(at).headers["x-amz-date"]).toBe("20260102T030405Z");
    expect(sign(at)).not.toEqual(sign(at + 1000));
  });
});

// Source: AWS's "Signature Version 4 test suite" (aws-sig-v4-test-suite), which signs for the service
// `service` on 30 August 2015. Its paths beyond ASCII are left out: they go out unencoded there.
const suite = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
  service: "service",
  now: Date.UTC(2015, 7, 30, 12, 36),
};
const form = { "content-type": "application/x-www-form-urlencoded" };
const vectors = [
  [
    "get-vanilla",
    "GET",
    "/",
    {},
    "",
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  ],
  [
    "get-vanilla-query-order-key-case",
    "GET",
    "/?Param2=value2&Param1=value1",
    {},
    "",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
  [
    "post-vanilla",
    "POST",
    "/",
    {},
    "",
    "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  ],
  [
    "post-vanilla-query",
    "POST",
    "/?Param1=value1",
    {},
    "",
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
  ],
  [
    "post-header-key-sort",
    "POST",
    "/",
    { "my-header1": "value1" },
    "",
    "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
  ],
  [
    "post-header-value-case",
    "POST",
    "/",
    { "my-header1": "VALUE1" },
    "",
    "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
  ],
  [
    "post-x-www-form-urlencoded",
    "POST",
    "/",
    form,
    "Param1=value1",
    "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
  ],
] as const;

describe("AWS's test suite", () => {
  it.each(vectors)(
    "gives the published signature: %s",
    (_name, method, path, headers, body, expected) => {
      const url = `https://example.amazonaws.com${path}`;
      const { authorization } = signed({ method, url, headers, body }, suite).headers as Record<
        string,
        string
      >;
      expect(authorization).toContain(
        "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ",
      );
      expect(authorization).toMatch(new RegExp(`Signature=${expected}$`));
    },
  );

  it("holds when key, day, region and service change between calls and come back", () => {
    const sign = (change: object) =>
      signed(
        { method: "GET", url: "https://example.amazonaws.com/", headers: {}, body: "" },
        { ...suite, ...change },
      ).headers["authorization"];
    const first = sign({});
    const others = [
      sign({ secretAccessKey: "another" }),
      sign({ now: suite.now + 86_400_000 }),
      sign({ region: "eu-west-1" }),
      sign({ service: "sns" }),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
    expect(sign({})).toBe(first);
  });
});
