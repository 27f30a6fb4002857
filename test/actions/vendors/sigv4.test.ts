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

  it.each(captures)("equals the SDK's for the same headers: $title", async (capture) => {
    const { signedHeaders, service, vector } = capture.aws;
    const { host, ...headers } = vector.signedHeaderValues;
    expect(new URL(capture.request.url).host).toBe(host);
    const { headers: sent, body } = await signed(
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

  it("signs at the time that it is given, whatever the clock says", async () => {
    const [capture] = captures;
    if (!capture) throw new Error("expected a capture");
    const sign = (now: number) =>
      signed(
        { method: "POST", url: capture.request.url, headers: {}, body: "" },
        { ...capture.credentials, service: "ses", now },
      );
    const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    expect(await sign(at)).toEqual(await sign(at));
    expect((await sign(at)).headers["x-amz-date"]).toBe("20260102T030405Z");
    expect(await sign(at)).not.toEqual(await sign(at + 1000));
  });
});
