/** Build of the web application: src/web/app → dist/web. Nothing is loaded from outside; the server's content security policy forbids it. */
import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

/** Font packages offer each face twice; every browser that we serve reads woff2, so the older copies need not ship. */
const onlyWoff2 = (): Plugin => ({
  name: 'only-woff2',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('@fontsource') && id.includes('.css') ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '') : undefined,
})

const vendor =
  /node_modules\/(react|react-dom|scheduler|react-router|@remix-run|@mantine|@floating-ui|@tanstack\/(react-query|query-core)|i18next|react-i18next|decimal\.js|clsx)/

export default defineConfig({
  root: resolve(import.meta.dirname, 'src/web/app'),
  publicDir: 'public',
  plugins: [onlyWoff2(), react()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // An inlined asset would be a data: address, which the content security policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'vendor', test: vendor }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
