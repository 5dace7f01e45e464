// Builds the web application into dist/web: `npm run build`, and what `serve` runs when the build is missing or old.
import { isCannotStart } from '../src/platform/cannot-start.ts'
import { buildWebApp } from '../src/web-app.ts'

try {
  await buildWebApp()
} catch (fault) {
  console.error(isCannotStart(fault) ? fault.message : fault)
  process.exitCode = 1
}
