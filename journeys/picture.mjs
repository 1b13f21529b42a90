// Makes a PNG small: at most 64 colours, which is enough for a page of words.

import { crc32, deflateSync, inflateSync } from "node:zlib";

const COLOURS = 64;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** The same picture with a palette: from eight bits a channel, as a browser writes it. */
export function small(png) {
  const { width, height, channels, pixels } = read(png);
  const keyAt = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += channels) {
    const key = keyAt(at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COLOURS).map(([key]) => key);
  const nearest = new Map();
  for (const key of counts.keys()) nearest.set(key, closest(palette, key));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      lines[y * (width + 1) + 1 + x] = nearest.get(keyAt((y * width + x) * channels));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap(parts));
  const data = deflateSync(lines, { level: 9 });
  const chunks = [["IHDR", header], ["PLTE", colours], ["IDAT", data], ["IEND", Buffer.alloc(0)]];
  return Buffer.concat([SIGNATURE, ...chunks.map(([kind, of]) => chunk(kind, of))]);
}

function parts(key) {
  return [key >> 16, (key >> 8) & 255, key & 255];
}

function closest(palette, key) {
  const [red, green, blue] = parts(key);
  let best = 0;
  let least = Infinity;
  palette.forEach((other, at) => {
    const [r, g, b] = parts(other);
    const away = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (away < least) [best, least] = [at, away];
  });
  return best;
}

function chunk(kind, data) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

/** The pixels of a PNG, its line filters undone. */
function read(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25]];
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error("this kind of PNG is not read");
  const data = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) !== "IDAT") continue;
    data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const lines = inflateSync(Buffer.concat(data));
  const wide = width * channels;
  const pixels = Buffer.alloc(wide * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (wide + 1)];
    for (let x = 0; x < wide; x += 1) {
      const at = y * wide + x;
      const left = x >= channels ? pixels[at - channels] : 0;
      const up = y > 0 ? pixels[at - wide] : 0;
      const corner = x >= channels && y > 0 ? pixels[at - wide - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[at] = lines[y * (wide + 1) + 1 + x] + guess;
    }
  }
  return { width, height, channels, pixels };
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
