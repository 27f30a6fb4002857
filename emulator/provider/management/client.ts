import { Agent } from "node:https";
import { getCACertificates } from "node:tls";
import { Failure } from "../protocol/failure.ts";
import { asObject, asText } from "../protocol/value.ts";
import type { Json, ObjectValue } from "../protocol/value.ts";
import { ignoreGone, ManagementError } from "./api.ts";
import type { ManagementApi } from "./api.ts";
import { exchange } from "./exchange.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { withRetries } from "./retry.ts";
import type { Settings } from "./settings.ts";

/** A request as it was answered, retries one by one; never its body. */
export interface AnsweredRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly status: number;
}

/** How a client behaves on the wire. */
export interface ClientOptions {
  /** PEM certificates trusted in addition to the system's. */
  readonly ca?: string | undefined;
  readonly retryDelayMs: number;
  readonly onRequest?: ((request: AnsweredRequest) => void) | undefined;
  /** Aborted when Terraform was interrupted. */
  readonly interrupted: () => AbortSignal;
}

/** A client of the tenant's Management API, with a token that is asked for once, when needed. */
export function createClient(settings: Settings, options: ClientOptions): ManagementApi {
  const agent = new Agent({
    keepAlive: true,
    ca: [...getCACertificates("default"), ...(options.ca === undefined ? [] : [options.ca])],
  });
  const origin = `https://${settings.domain}`;
  let token: Promise<string> | undefined;

  async function send(outgoing: Outgoing): Promise<Incoming> {
    const signal = options.interrupted();
    const { method, url } = outgoing;
    try {
      return await withRetries(
        async () => {
          const answer = await exchange(outgoing, agent, signal);
          options.onRequest?.({
            method,
            path: `${url.pathname}${url.search}`,
            status: answer.status,
          });
          return answer;
        },
        { delayMs: options.retryDelayMs, clock: Date.now, signal },
      );
    } catch (error) {
      if (signal.reason instanceof Failure) throw signal.reason;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure(
        `The tenant ${settings.domain} does not answer`,
        `Expected an answer to ${method} ${url.pathname}, got: ${reason}. Check the domain and that the tenant runs.`,
      );
    }
  }

  async function requestToken(): Promise<string> {
    if (settings.token !== undefined) return settings.token;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      audience: settings.audience,
    });
    const answer = await send({
      method: "POST",
      url: new URL("/oauth/token", origin),
      headers: {
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: body.toString(),
    });
    const parsed = parse(answer);
    const value = asText(parsed["access_token"]);
    if (answer.status === 200 && value !== undefined) return value;
    throw new ManagementError(
      answer.status,
      `The tenant ${settings.domain} refused the credentials`,
      `Expected a token for ${settings.audience}, got: ${said(answer, parsed)}. Check client id, client secret and what the application is authorized for.`,
    );
  }

  async function call(method: string, url: URL, body?: Json): Promise<ObjectValue> {
    token ??= requestToken();
    const bearer = await token.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    const answer = await send({
      method,
      url,
      headers: {
        accept: "application/json",
        authorization: `Bearer ${bearer}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const parsed = parse(answer);
    if (answer.status >= 200 && answer.status < 300) return parsed;
    throw new ManagementError(answer.status, said(answer, parsed), `${method} ${url.pathname}`);
  }

  const at = (below: string) => new URL(`/api/v2${below}`, origin);
  return {
    get: (below, query = {}) => {
      const url = at(below);
      url.search = new URLSearchParams(query).toString();
      return call("GET", url);
    },
    post: (below, body) => call("POST", at(below), body),
    patch: (below, body) => call("PATCH", at(below), body),
    delete: async (below) => {
      await call("DELETE", at(below)).catch(ignoreGone);
    },
    interrupted: options.interrupted,
  };
}

function parse(answer: Incoming): ObjectValue {
  try {
    return asObject(JSON.parse(answer.text) as Json) ?? {};
  } catch {
    return {};
  }
}

/** Status and message as the tenant gave them; `/oauth/token` names them differently. */
function said(answer: Incoming, parsed: ObjectValue): string {
  const error = asText(parsed["error"]) ?? "";
  const message = asText(parsed["message"]) ?? asText(parsed["error_description"]) ?? "no message";
  return `${answer.status} ${error}: ${message}`.replace(" :", ":");
}
