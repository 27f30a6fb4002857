import type { Channel } from "../../config/environment.ts";
import type { Message } from "./messages.ts";

/** What recipients look like in a request: an address, or an E.164 number without its plus sign. */
const recipientPattern: Readonly<Record<Channel, RegExp>> = {
  email: /otp-\d{7}(?=@|%40)/g,
  phone: /\d{8,15}/g,
};

/** A recipient as {@link recipientPattern} finds it. */
export const bareRecipient = (recipient: string) => recipient.replace(/^\+|@.*$/g, "");

/** All messages of a run by recipient, in the order in which they were asked for. */
export class MessageBook {
  readonly #byRecipient = new Map<string, Message[]>();
  readonly #pattern: RegExp;

  constructor(channel: Channel) {
    this.#pattern = recipientPattern[channel];
  }

  add(message: Message): void {
    const bare = bareRecipient(message.recipient);
    const others = this.#byRecipient.get(bare);
    if (others) others.push(message);
    else this.#byRecipient.set(bare, [message]);
  }

  /** Every message to the same recipient, the oldest first. */
  of({ recipient }: Message): readonly Message[] {
    return this.#byRecipient.get(bareRecipient(recipient)) ?? [];
  }

  /** The message that a request carries: by its recipient, and by its code if there are several. */
  find(body: string): Message | undefined {
    for (const [text] of body.matchAll(this.#pattern)) {
      const found = this.#byRecipient.get(text);
      if (found) return found.findLast(({ code }) => body.includes(code)) ?? found.at(-1);
    }
    return undefined;
  }
}
