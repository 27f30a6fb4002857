import { markCode } from "../actions/delivery/marked-code.ts";
import type { EmailMessage } from "../actions/delivery/message.ts";
import type { SettingsSpec } from "../actions/vendors/settings.ts";
import type { Vendor } from "../actions/vendors/vendor.ts";
import { emailVendors } from "../actions/vendors/email/index.ts";
import type { EmailDelivery } from "./environment.ts";

type CodeReader = Pick<Vendor<EmailMessage, SettingsSpec>, "needsCode" | "sendsCodeAlone">;

const vendors: Readonly<Record<string, { readonly vendor: CodeReader }>> = emailVendors;

/**
 * The body of the passwordless e-mail as it is declared: with its code marked if one of the vendors
 * sends the code in a template of its own, and otherwise as it is written.
 */
export function passwordlessBody({ vendors: entries, passwordless }: EmailDelivery): string {
  const body = passwordless?.body ?? "";
  const reads = entries.some(({ vendor, settings }) => {
    const known = vendors[vendor]?.vendor;
    return known?.needsCode ?? known?.sendsCodeAlone?.(settings);
  });
  return reads ? markCode(body) : body;
}
