/**
 * Does what Auth0's documented sample handler for e-mail does, faults included: simulations show
 * ours beside it. Answers of 500 and above are worth a retry, a call that fails is given up, and
 * anything else counts as delivered.
 */
export async function onExecuteCustomEmailProvider(event: SampleEvent, api: SampleApi) {
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

interface SampleEvent {
  readonly notification: Readonly<Record<"to" | "from" | "subject" | "html" | "text", string>>;
  readonly secrets: { readonly API_KEY: string };
}

interface SampleApi {
  readonly notification: { retry(reason: string): void; drop(reason: string): void };
}
