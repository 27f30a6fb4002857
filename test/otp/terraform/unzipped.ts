import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

const signature = 0x02014b50;

/** The text of everything in a ZIP archive, such as Terraform's plan files are. */
export async function unzipped(path: string): Promise<string> {
  const bytes = await readFile(path);
  const texts: string[] = [];
  let at = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  while (at >= 0 && at + 46 <= bytes.length && bytes.readUInt32LE(at) === signature) {
    const [size, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(data, data + size);
    const isPacked = bytes.readUInt16LE(at + 10) === 8;
    texts.push((isPacked ? inflateRawSync(packed) : packed).toString("latin1"));
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    at += 46 + lengths.reduce((sum, length) => sum + length, 0);
  }
  return texts.join("\n");
}
