/** The folders of scanners, as flags name them: `halden-1=/srv/scans/1,halden-2=/srv/scans/2`. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { cannotStart } from '#platform/cannot-start.ts'

/** Stops with one sentence for a pair that is none, or a folder that is not there. */
export const readFolders = (verb: string, text: string): { scannerId: string; folder: string }[] =>
  text.split(',').map((pair) => {
    const [scannerId = '', name = ''] = pair.trim().split('=')
    if (!scannerId || !name) throw cannotStart(`${verb}: --scans takes SCANNER=FOLDER, as in halden-1=/srv/scans/1.`)
    const folder = resolve(name)
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw cannotStart(`${verb}: ${folder} is not a directory: create it first.`)
    return { scannerId, folder }
  })
