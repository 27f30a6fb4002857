/** Who is told what goes on. */
export interface Progress {
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
}
