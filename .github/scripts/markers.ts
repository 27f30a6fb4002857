/** Hidden texts by which comments and issues of an environment are found again. */
export const planMarker = (environment: string): string => `otp-plan: ${environment}`;
export const driftMarker = (environment: string): string => `otp-drift: ${environment}`;
