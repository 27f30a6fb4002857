/** A vendor's answer before it is read. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

class VirtualHeaders extends Map<string, string> {
  override get(name: string): string | undefined {
    return super.get(name.toLowerCase());
  }
}

/**
 * What code in a simulation gets from `fetch`: a response whose body is there at once, so that
 * reading it takes promises but no real time.
 */
export class VirtualResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: VirtualHeaders;
  readonly #body: string;
  #read = false;

  constructor({ status, body, headers = {} }: Answer) {
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.headers = new VirtualHeaders(Object.entries(headers));
    this.#body = body;
  }

  /** The body as a stream: read by a reader or iterated over, as code likes. */
  get body() {
    const bytes = new TextEncoder().encode(this.#body);
    let rest = bytes.length ? [bytes] : [];
    const read = () => {
      const [value] = rest;
      rest = [];
      return Promise.resolve(value ? { done: false, value } : { done: true, value });
    };
    const cancel = () => {
      rest = [];
      return Promise.resolve();
    };
    return {
      getReader: () => ({ read, cancel }),
      [Symbol.asyncIterator]: () => ({
        next: read,
        return: () => cancel().then(() => ({ done: true, value: undefined })),
      }),
    };
  }

  text(): Promise<string> {
    if (this.#read) return Promise.reject(new TypeError("Body has already been read"));
    this.#read = true;
    return Promise.resolve(this.#body);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }
}
