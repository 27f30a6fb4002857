import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeCertificate } from "../../../emulator/certificate.ts";

/** An HTTPS server that keeps the JSON bodies it gets, for Actions to post their events to. */
export interface Collector {
  readonly url: string;
  /** PEM, for the tenant's `trust`. */
  readonly certificate: string;
  readonly received: readonly unknown[];
  stop(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const { key, cert } = await makeCertificate();
  const received: unknown[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push(JSON.parse(body));
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/`,
    certificate: cert,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** An Action that posts its event to the URL in its secret `URL`, for either trigger. */
export const postingAction = `
const post = async (event) => {
  await fetch(event.secrets.URL, { method: "POST", body: JSON.stringify(event) });
};
exports.onExecuteCustomEmailProvider = post;
exports.onExecuteCustomPhoneProvider = post;
`;
