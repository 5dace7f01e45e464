/** `forward`: a site's scanner folder, pushed to the image centre for as long as it runs. */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { cannotStart } from '#platform/cannot-start.ts'
import { forwardAll, type Forwarding } from '#modules/inspection'
import { answer, type Help } from './verb.ts'

export const help: Help = {
  usage: 'forward --folder DIR --scanner ID --to ADDRESS [--adapter NAME] [--once]',
  summary:
    'pushes what a scanner delivers into a folder to the image centre, again and again while the link is cut; the API key of a scanner operator stands in PORTCULLIS_API_KEY. One line for each round that sent something; --once makes one round (exit 1 when something was refused or waits)',
  example: 'PORTCULLIS_API_KEY=… ./bin/portcullis forward --folder /scans/halden --scanner halden-belt-1 --to https://customs.example --once',
}

const pauseMs = 2_000

const orderOf = (args: string[]): Forwarding & { once: boolean } => {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string' },
      scanner: { type: 'string' },
      to: { type: 'string' },
      adapter: { type: 'string', default: 'files' },
      once: { type: 'boolean', default: false },
    },
  })
  const apiKey = process.env['PORTCULLIS_API_KEY'] ?? ''
  if (!values.folder || !existsSync(values.folder)) throw cannotStart('forward: --folder names the directory into which the scanner delivers.')
  if (!values.scanner) throw cannotStart('forward: --scanner names the scanner as the register has it.')
  if (!values.to || !URL.canParse(values.to)) throw cannotStart('forward: --to is the address of the image centre, such as https://customs.example.')
  if (apiKey === '') throw cannotStart('forward: PORTCULLIS_API_KEY holds the API key of a scanner operator.')
  return { folder: values.folder, scannerId: values.scanner, centre: new URL(values.to).origin, adapter: values.adapter, apiKey, once: values.once }
}

export const run = async (args: string[]): Promise<number> => {
  const { once, ...order } = orderOf(args)
  for (;;) {
    const counts = await forwardAll(order)
    if (once || counts.stored + counts.refused > 0) answer({ ok: counts.refused === 0 && counts.waits === 0, ...counts })
    if (once) return counts.refused + counts.waits === 0 ? 0 : 1
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
