/** What the environment says, parsed once. A value that cannot be used stops the start with one sentence that names the variable. */
import { join, resolve } from 'node:path'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import { cannotStart } from '#platform/cannot-start.ts'

const LogLevel = Type.Union(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'].map((level) => Type.Literal(level)))

const Config = Type.Object({
  port: Type.Integer({ minimum: 0, maximum: 65535, description: 'PORT: where to listen; 0 takes any free port' }),
  host: Type.String({ minLength: 1, pattern: '^[A-Za-z0-9.:_-]+$', description: 'HOST: address to listen on; 0.0.0.0 for all' }),
  databaseUrl: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://.+', description: 'DATABASE_URL: a PostgreSQL of your own; without it one is started here' }),
  ),
  dataDir: Type.String({ minLength: 1, description: 'PORTCULLIS_DATA: directory of the embedded database and of files' }),
  logLevel: Type.Unsafe<string>(LogLevel),
  inspectionThreads: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 64, description: 'INSPECTION_THREADS: images that a detector looks at side by side' }),
  ),
  mapTiles: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#\\s]+/\\S*\\{z\\}\\S*$',
      maxLength: 500,
      description:
        'MAP_TILES: raster tiles of a server of your own, as https://tiles.example/{z}/{x}/{y}.png; without it maps are drawn from what ships',
    }),
  ),
  sealKey: Type.Optional(
    Type.String({
      pattern: '^[0-9a-fA-F]{64}$',
      description: 'PORTCULLIS_SEAL_KEY: key of the passwords of seals; without it a file in the data directory',
    }),
  ),
  sealBroker: Type.Optional(
    Type.String({
      pattern: '^mqtts?://[^\\s/?#]+/?$',
      maxLength: 500,
      description: 'SEAL_BROKER: an MQTT 3.1.1 broker of your own by which seals report, as mqtts://user:password@broker.example:8883',
    }),
  ),
  sealBrokerGroup: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Za-z_-]{1,40}$',
      description: 'SEAL_BROKER_GROUP: group in which several gateways share the topics, where the broker has shared subscriptions',
    }),
  ),
})
export type Config = Static<typeof Config>

type Reading = { variable: string; expects: string; read: (text: string) => unknown; otherwise: unknown }

const repository = resolve(import.meta.dirname, '..')
const same = (text: string): string => text

const readings: Record<keyof Config, Reading> = {
  port: {
    variable: 'PORT',
    expects: 'a whole number from 0 to 65535',
    read: (text) => (/^\d{1,5}$/.test(text) ? Number(text) : text),
    otherwise: 8080,
  },
  host: { variable: 'HOST', expects: 'a host name or an address, such as 127.0.0.1 or 0.0.0.0', read: same, otherwise: '127.0.0.1' },
  databaseUrl: {
    variable: 'DATABASE_URL',
    expects: 'an address such as postgres://user:password@host:5432/database',
    read: same,
    otherwise: undefined,
  },
  dataDir: { variable: 'PORTCULLIS_DATA', expects: 'a directory', read: (text) => resolve(text), otherwise: join(repository, '.portcullis') },
  mapTiles: {
    variable: 'MAP_TILES',
    expects: 'an address of map tiles such as https://tiles.example/{z}/{x}/{y}.png',
    read: same,
    otherwise: undefined,
  },
  inspectionThreads: {
    variable: 'INSPECTION_THREADS',
    expects: 'a whole number from 1 to 64',
    read: (text) => (/^\d{1,2}$/.test(text) ? Number(text) : text),
    otherwise: 1,
  },
  logLevel: { variable: 'LOG_LEVEL', expects: 'one of silent, fatal, error, warn, info, debug, trace', read: same, otherwise: 'info' },
  sealKey: { variable: 'PORTCULLIS_SEAL_KEY', expects: '64 hexadecimal digits, the same for every process', read: same, otherwise: undefined },
  sealBroker: {
    variable: 'SEAL_BROKER',
    expects: 'an address of a broker such as mqtt://broker.example:1883 or mqtts://user:password@broker.example:8883',
    read: same,
    otherwise: undefined,
  },
  sealBrokerGroup: { variable: 'SEAL_BROKER_GROUP', expects: 'up to 40 letters, digits, _ or -', read: same, otherwise: undefined },
}

// A value that is secret or holds a password is not shown back.
const shown = (variable: string, text: string): string =>
  ['DATABASE_URL', 'PORTCULLIS_SEAL_KEY', 'SEAL_BROKER'].includes(variable) ? '' : ` and not "${text}"`

/** Reads the environment; an empty variable counts as absent. Throws `cannotStart` for the first value that does not fit. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const config: Record<string, unknown> = {}
  for (const [key, { variable, expects, read, otherwise }] of Object.entries(readings)) {
    const text = env[variable]?.trim()
    const value = text ? read(text) : otherwise
    if (value === undefined) continue
    if (!Check(Config.properties[key as keyof Config], value)) throw cannotStart(`${variable} must be ${expects}${shown(variable, text ?? '')}.`)
    config[key] = value
  }
  return config as Config
}
