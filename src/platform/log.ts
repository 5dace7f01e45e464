import { pino, type Logger } from 'pino'

export type Log = Logger

/** One JSON object a line on stderr; stdout belongs to the answers of the command line. */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['password', 'totp', '*.password', '*.totp', 'req.headers.cookie', 'req.headers.authorization'],
    },
    pino.destination({ fd: 2, sync: true }),
  )
