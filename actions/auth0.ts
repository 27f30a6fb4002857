/**
 * What Auth0 lays down for the Actions that deliver codes. Each fact has its one home here.
 *
 * @see https://auth0.com/docs/customize/actions/limitations
 */

/** The trigger of each channel's Action. */
export const triggers = {
  email: "custom-email-provider",
  phone: "custom-phone-provider",
} as const;

/** The name that each trigger's handler is exported by. */
export const handlers = {
  email: "onExecuteCustomEmailProvider",
  phone: "onExecuteCustomPhoneProvider",
} as const;

/** Bytes of code that an Action may have. */
export const codeLimitBytes = 100_000;
/** Secrets that an Action may have. */
export const secretsLimit = 30;
/** Milliseconds after which Auth0 ends an execution. */
export const executionLimitMs = 20_000;
/** Executions of all Actions of a tenant that may run at once. */
export const concurrencyLimit = 250;
/** Characters of console output that Auth0 keeps of an execution. */
export const logLimit = 256;
/** Milliseconds between a failed execution and the next, in the order of the retries. */
export const retryPausesMs = [15_000, 30_000, 60_000, 120_000, 240_000] as const;

/** The types of messages that each trigger's Action gets. */
export const messageTypes = {
  email: [
    "verify_email",
    "verify_email_by_code",
    "reset_email",
    "reset_email_by_code",
    "welcome_email",
    "verification_code",
    "mfa_oob_code",
    "enrollment_email",
    "blocked_account",
    "stolen_credentials",
    "try_provider_configuration_email",
    "organization_invitation",
  ],
  phone: ["otp_verify", "otp_enroll", "blocked_account", "change_password", "password_breach"],
} as const;
