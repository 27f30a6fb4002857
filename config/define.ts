import type { emailVendors } from "../actions/vendors/email/index.ts";
import type { phoneVendors } from "../actions/vendors/phone/index.ts";
import type { SettingsInput, SettingsSpec } from "../actions/vendors/settings.ts";

/** Names a secret; its value is read from the variable of that name and never stands in a file. */
export interface SecretReference {
  readonly secret: string;
}

/**
 * Refers to a secret by name. Its value comes from `TF_VAR_<name>`, or from `<name>` where a
 * command of this project starts Terraform.
 *
 * @param name - capital letters, digits and underscores, e.g. `POSTMARK_TOKEN`
 */
export function secret(name: string): SecretReference {
  return { secret: name };
}

/**
 * A value that is no secret and differs from machine to machine, such as a tenant's domain: the
 * environment variable, or the default where it is not set.
 */
export function variable(name: string, fallback: string): string;
export function variable(name: string): string | undefined;
export function variable(name: string, fallback?: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? fallback : value;
}

type Registry = Readonly<Record<string, { readonly settings: SettingsSpec }>>;

interface EntryInput {
  /** Name in logs and routes; needed where a vendor is listed twice. Default: the vendor's name. */
  readonly id?: string;
  /** Longest wait for one answer, in milliseconds, 1,000 to 15,000. Default: 5,000. */
  readonly timeoutMs?: number;
}

type VendorInput<R extends Registry, More> = {
  readonly [V in keyof R]: { readonly vendor: V } & EntryInput &
    More &
    SettingsInput<R[V]["settings"], SecretReference>;
}[keyof R];

export type EmailVendorInput = VendorInput<typeof emailVendors, unknown>;
export type PhoneVendorInput = VendorInput<
  typeof phoneVendors,
  {
    /**
     * How this vendor is used, in order. Default: text and voice where the vendor has them, else
     * WhatsApp.
     */
    readonly channels?: readonly ("text" | "voice" | "whatsapp")[];
  }
>;

/** Who a message comes from. */
export interface SenderInput {
  readonly address: string;
  /** Shown name. */
  readonly name?: string;
}

interface TimesInput {
  /** Milliseconds for one execution, 5,000 to 18,000; Auth0 ends it at 20,000. Default: 17,000. */
  readonly deadlineMs?: number;
  /** Seconds for which a code works; later it is not sent any more. Default: 180. */
  readonly lifetimeS?: number;
}

export interface EmailInput extends TimesInput {
  readonly from: SenderInput;
  readonly replyTo?: SenderInput;
  /** At least one, in order. */
  readonly vendors: readonly EmailVendorInput[];
  /** Other orders for some messages; the first that fits decides. */
  readonly routes?: readonly {
    readonly messageTypes?: readonly string[];
    readonly vendors: readonly string[];
  }[];
  /** The passwordless connection `email`; left out, this project does not touch it. */
  readonly passwordless?: {
    readonly subject: string;
    /** Liquid template of the body (HTML); `{{ code }}` is the code. */
    readonly body: string;
    /** Ids of the applications that may use it. */
    readonly clients?: readonly string[];
  };
}

export interface CountriesInput {
  /**
   * ISO 3166 codes or prefixes such as `+4420`; all others are refused. Countries that share every
   * prefix with a larger one (Western Sahara, Saint-Barthélemy, Saint-Martin) count as that one.
   */
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

export interface PhoneInput extends TimesInput {
  /** Number in E.164 or alphanumeric sender of up to 11 characters. */
  readonly from?: string;
  /** Sender by ISO 3166 code. */
  readonly senders?: Readonly<Record<string, string>>;
  /** What the tenant offers. Default: text. */
  readonly methods?: readonly ("text" | "voice")[];
  readonly vendors: readonly PhoneVendorInput[];
  readonly routes?: readonly {
    readonly countries?: readonly string[];
    readonly channels?: readonly ("text" | "voice")[];
    readonly messageTypes?: readonly string[];
    readonly vendors: readonly string[];
  }[];
  /** Where codes may go; calls must pass `voice` in addition. */
  readonly countries?: CountriesInput & { readonly voice?: CountriesInput };
  /** Domain of the origin-bound last line (WebOTP) of text messages. */
  readonly webOtp?: string;
  /** The passwordless connection `sms`; left out, this project does not touch it. */
  readonly passwordless?: {
    /** Text of the message; `@@password@@` is the code. */
    readonly template: string;
    readonly clients?: readonly string[];
  };
}

/** Where Terraform keeps the state; credentials come from each backend's own variables. */
export type BackendInput =
  | { readonly type: "local"; /** Default: `state/<name>.tfstate`. */ readonly path?: string }
  | {
      readonly type: "s3";
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly encrypt?: boolean;
      /** Locks by a file in the bucket. Default: true. */
      readonly useLockfile?: boolean;
      readonly dynamodbTable?: string;
      readonly kmsKeyId?: string;
    }
  | { readonly type: "gcs"; readonly bucket: string; readonly prefix: string }
  | {
      readonly type: "azurerm";
      readonly resourceGroupName: string;
      readonly storageAccountName: string;
      readonly containerName: string;
      readonly key: string;
      /** Signs in by OIDC, without a stored credential. Default: false. */
      readonly useOidc?: boolean;
    }
  | { readonly type: "pg"; /** Connection by `PG_CONN_STR`. */ readonly schemaName: string }
  | {
      readonly type: "cloud";
      readonly organization: string;
      readonly workspace: string;
      /** Default: `app.terraform.io`. */
      readonly hostname?: string;
    };

/** One environment: a tenant, how codes are delivered there, and where the state lies. */
export interface EnvironmentInput {
  /** Name of the stack: small letters, digits and hyphens. */
  readonly name: string;
  /** Canonical domain of the tenant, e.g. `example.eu.auth0.com`. */
  readonly domain: string;
  readonly backend: BackendInput;
  /** Left out, e-mail stays as it is in the tenant. */
  readonly email?: EmailInput;
  /** Left out, phone messages stay as they are in the tenant. */
  readonly phone?: PhoneInput;
  /**
   * Refuses every plan that destroys or replaces what delivers codes. Default: true, but for an
   * environment named `local`.
   */
  readonly protect?: boolean;
  /**
   * Replaces the fingerprint of the secrets where synthesis must not see them: raise it by one at
   * every rotation.
   */
  readonly secretsVersion?: number;
  /**
   * Name of the environment that goes before this one, e.g. `staging`: `otp deploy` of both begins
   * there, and stops there when it fails.
   */
  readonly promotedFrom?: string;
}

/** Gives an environment its type; it is checked when it is loaded. */
export function defineEnvironment(environment: EnvironmentInput): EnvironmentInput {
  return environment;
}
