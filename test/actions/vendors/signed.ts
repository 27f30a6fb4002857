/** How every request that SigV4 signs differs from the SDK's; the signatures have a test of their own. */
export const signing = {
  "headers.authorization": "the SDK signs headers of its own; sigv4.test.ts compares signatures",
  "headers.x-amz-content-sha256": "only S3 needs it: the signature covers the body",
  "headers.x-amz-date": "the capture leaves it out",
} as const;
