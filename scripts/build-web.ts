// Builds the web application into dist/web: `npm run build`, and what `serve` runs when the build is missing or old.
import { buildWebApp } from '../src/web-app.ts'

await buildWebApp()
