// Builds the web application into dist/web: `npm run build`, and what `serve` runs when the build is missing or old.
import { buildWebApp } from '../src/web-app.ts'

try {
  await buildWebApp()
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exitCode = 1
}
