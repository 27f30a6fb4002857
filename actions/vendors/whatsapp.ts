import type { PhoneMessage } from "../delivery/message.ts";
import { languageAmong } from "./language.ts";
import { passcode } from "./request.ts";

/**
 * A WhatsApp authentication template, filled: the code stands in the text and once more in the
 * button that copies it.
 *
 * @param languages - what the template is approved in, the fallback first, e.g. `en_US,de`
 */
export function whatsappTemplate(name: string, languages: string, message: PhoneMessage): object {
  const parameters = [{ type: "text", text: passcode(message) }];
  const code = languageAmong(languages, message.locale) ?? languages.split(",")[0];
  return {
    name,
    language: { policy: "deterministic", code },
    components: [
      { type: "body", parameters },
      { type: "button", sub_type: "url", index: "0", parameters },
    ],
  };
}
