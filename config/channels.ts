import { triggers } from "../actions/auth0.ts";

/** What Auth0 has an Action for: e-mail or phone. */
export type Channel = keyof typeof triggers;

/** Both channels, in the order in which everything names them. */
export const channels: readonly Channel[] = ["email", "phone"];
