/** An answer of the Management API that is not a success; its body has Auth0's shape. */
export class ManagementRefusal extends Error {
  readonly status: number;
  readonly errorCode: string | undefined;

  constructor(status: number, message: string, errorCode?: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  get body(): Record<string, unknown> {
    return {
      statusCode: this.status,
      error: reasonPhrases[this.status] ?? "Error",
      message: this.message,
      ...(this.errorCode === undefined ? {} : { errorCode: this.errorCode }),
    };
  }
}

/** An answer of the Authentication API that is not a success, as OAuth 2.0 words it. */
export class AuthenticationRefusal extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }

  get body(): Record<string, unknown> {
    return { error: this.error, error_description: this.message };
  }
}

const reasonPhrases: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Payload Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
