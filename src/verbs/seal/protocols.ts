import { protocolNames, protocolOf } from '#modules/supervision/protocols'
import { answer } from '../verb.ts'

/** One line a protocol name: what it is, and whether commands can be sent. */
export const run = async (): Promise<number> => {
  for (const name of protocolNames) {
    const protocol = protocolOf(name)
    if (protocol) answer({ protocol: name, title: protocol.title, transports: protocol.transports, commands: protocol.encode !== undefined })
  }
  return 0
}
