import assert from 'node:assert/strict'
import { isAbsolute } from 'node:path'
import { test } from 'node:test'
import { readConfig } from './config.ts'

test('an empty environment gives the defaults', () => {
  const { port, host, databaseUrl, dataDir, logLevel } = readConfig({ PORT: '', DATABASE_URL: ' ' })
  assert.deepEqual([port, host, databaseUrl, logLevel], [8080, '127.0.0.1', undefined, 'info'])
  assert.ok(isAbsolute(dataDir) && dataDir.endsWith('.portcullis'))
})

test('values are read, and a relative data directory is made absolute', () => {
  const config = readConfig({ PORT: '0', HOST: '::1', DATABASE_URL: 'postgresql://u@h/d', PORTCULLIS_DATA: 'x', LOG_LEVEL: 'warn' })
  assert.deepEqual([config.port, config.host, config.databaseUrl, config.logLevel], [0, '::1', 'postgresql://u@h/d', 'warn'])
  assert.ok(isAbsolute(config.dataDir))
})

const bad: [string, string][] = [
  ['PORT', '80a'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '1.5'],
  ['HOST', 'a b'],
  ['DATABASE_URL', 'mysql://h/d'],
  ['LOG_LEVEL', 'loud'],
  ['SEAL_BROKER', 'http://h:1883'],
  ['SEAL_BROKER', 'mqtt://h:1883/topic'],
  ['SEAL_BROKER_GROUP', 'a/b'],
]

for (const [variable, value] of bad) {
  test(`${variable}=${value} is refused by a sentence that names it`, () => {
    assert.throws(
      () => readConfig({ [variable]: value }),
      (fault: Error) => fault.name === 'CannotStart' && fault.message.startsWith(`${variable} must be `),
    )
  })
}

test('a broker of seals is read with its user', () => {
  const url = 'mqtts://gate:secret@broker.example:8883'
  assert.equal(readConfig({ SEAL_BROKER: url }).sealBroker, url)
})

for (const variable of ['DATABASE_URL', 'SEAL_BROKER']) {
  test(`a password in a wrong ${variable} is not shown back`, () => {
    assert.throws(
      () => readConfig({ [variable]: 'http://u:secret@h/d' }),
      (fault: Error) => fault.message.startsWith(variable) && !fault.message.includes('secret'),
    )
  })
}
