/** Images for the detectors: what is trained is cut, whitened and fitted by the same code as what is inspected. */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { letterbox, type Raster, segment } from '#rules/inspection'
import { answer, type Help, say } from './verb.ts'

export const help: Help = {
  usage: 'inspect --prepare DIR [--side PIXELS] IMAGE…',
  summary: 'Cut X-ray pictures into bags on white squares, for training',
  example: './bin/portcullis inspect --prepare crops --side 448 bag.jpg',
}

const read = async (file: string): Promise<Raster> => {
  const { data, info } = await sharp(file).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

const prepare = async (files: readonly string[], folder: string, side: number): Promise<number> => {
  await mkdir(folder, { recursive: true })
  const list = createWriteStream(join(folder, 'bags.jsonl'))
  for (const [n, file] of files.entries()) {
    const picture = await read(file)
    const { ground, bags } = segment(picture)
    for (const [i, bag] of bags.entries()) {
      const name = `${basename(file, extname(file))}.${i}.png`
      const cut = letterbox(picture, bag.box, ground, side)
      await sharp(cut.picture.data, { raw: { width: side, height: side, channels: 3 } })
        .png({ compressionLevel: 3 })
        .toFile(join(folder, name))
      list.write(JSON.stringify({ file: basename(file), bag: i, crop: name, ground, cut: bag.cut, ...cut.placing }) + '\n')
    }
    answer({ file, ok: true, width: picture.width, height: picture.height, ground, bags: bags.map((b) => ({ box: b.box, cut: b.cut })) })
    if (n % 100 === 99) say(`${n + 1} of ${files.length}`)
  }
  await new Promise((done) => list.end(done))
  return 0
}

export const run = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { prepare: { type: 'string' }, side: { type: 'string', default: '448' } },
  })
  const side = Number(values.side)
  if (!values.prepare || !Number.isInteger(side) || side < 32 || side > 4096) {
    say(`usage: portcullis ${help.usage}`)
    return 2
  }
  return prepare(positionals, values.prepare, side)
}
