/** `inspect --prepare`: pictures cut into bags on white squares. What is trained is cut, whitened and fitted by the code that inspects. */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import sharp from 'sharp'
import { cannotStart } from '#platform/cannot-start.ts'
import { rasterOf, readScan } from '#modules/inspection/detectors'
import { letterbox, segment } from '#rules/inspection'
import { answer, say } from '../verb.ts'
import { load, told } from './load.ts'

/** Writes one PNG a bag and `bags.jsonl`, which says where each lay in its picture. Exit code 1 when a picture could not be read. */
export const prepare = async (files: readonly string[], folder: string, side: number): Promise<number> => {
  await mkdir(folder, { recursive: true }).catch((fault: Error) => {
    throw cannotStart(`inspect: --prepare ${folder}: ${fault.message.split(',')[0]}.`)
  })
  const list = createWriteStream(join(folder, 'bags.jsonl'))
  let code = 0
  for (const [n, file] of files.entries()) {
    const bytes = await load(file)
    const reading = bytes.ok ? await readScan([{ role: 'image', bytes: bytes.value }]) : bytes
    if (!reading.ok) {
      answer({ file, ok: false, issues: told(reading.issues) })
      code = 1
      continue
    }
    const picture = rasterOf(reading.value.scan)
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
  return code
}
