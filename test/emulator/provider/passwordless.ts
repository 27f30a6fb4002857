/** The passwordless connections and an application that uses them, beside what is given. */
export function passwordless(
  { resource = {} }: { readonly resource?: object } = {},
  { subject = "Your code", enabled = true }: { subject?: string; enabled?: boolean } = {},
): object {
  const clients = (connection: string) => ({
    connection_id: `\${auth0_connection.${connection}.id}`,
    enabled_clients: enabled ? ["${auth0_client.app.client_id}"] : [],
  });
  return {
    resource: {
      ...resource,
      auth0_client: {
        app: {
          name: "Shop",
          app_type: "regular_web",
          oidc_conformant: true,
          grant_types: ["http://auth0.com/oauth/grant-type/passwordless/otp"],
        },
      },
      auth0_connection: {
        email: {
          name: "email",
          strategy: "email",
          options: [
            {
              name: "email",
              from: "{{ application.name }} <login@example.com>",
              subject,
              syntax: "liquid",
              template: "<p>{{ code }}</p>",
              disable_signup: false,
              brute_force_protection: true,
              auth_params: { scope: "openid" },
              totp: [{ time_step: 180, length: 6 }],
            },
          ],
        },
        sms: {
          name: "sms",
          strategy: "sms",
          options: [
            {
              name: "sms",
              from: "+15005550006",
              syntax: "md_with_macros",
              template: "@@password@@",
              disable_signup: false,
              brute_force_protection: true,
              upstream_params: '{"screen_name":{"alias":"login_hint"}}',
              totp: [{ time_step: 180, length: 6 }],
            },
          ],
        },
      },
      auth0_connection_clients: { email: clients("email"), sms: clients("sms") },
    },
  };
}
