// Loaded before every test file: a file whose tests are over but which does not end has left something open (a pool, a server, a timer).
// It would keep the whole check waiting; --test-force-exit is no way out, because it also ends files that have tests still to come.
import { after } from 'node:test'

const patienceMs = Number(process.env.TEST_PATIENCE_MS ?? 20_000)

after(() => {
  setTimeout(() => {
    process.stderr.write(`${process.argv[1]} does not end after its tests: open are ${process.getActiveResourcesInfo().join(', ')}\n`)
    process.exit(1)
  }, patienceMs).unref()
})
