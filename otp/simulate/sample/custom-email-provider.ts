/**
 * Does what Auth0's documented sample handler for e-mail does, mistakes included, so that
 * simulations can compare. It calls `retry` for 500 and above and `drop` if the call fails; any
 * other answer counts as delivered.
 */
export async function onExecuteCustomEmailProvider(event: EmailSampleEvent, api: EmailSampleApi) {
  const { to, from, subject, html, text } = event.notification;
  try {
    const answer = await fetch("https://api.example.com/send-email", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${event.secrets.API_KEY}`,
      },
      body: JSON.stringify({ to, from, subject, html, text }),
    });
    if (answer.status >= 500) api.notification.retry(`vendor answered ${answer.status}`);
  } catch {
    api.notification.drop("vendor could not be called");
  }
}

export interface EmailSampleEvent {
  readonly notification: Readonly<Record<"to" | "from" | "subject" | "html" | "text", string>>;
  readonly secrets: { readonly API_KEY: string };
}

export interface EmailSampleApi {
  readonly notification: { retry(reason: string): void; drop(reason: string): void };
}
