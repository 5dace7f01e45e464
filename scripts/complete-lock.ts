// A registry that does not carry every foreign-platform binary leaves those optional packages out of the lock file, and `npm ci`
// of npm 11 and 12 then stops with "Missing: … from lock file". Run once after adding a dependency; later installs keep the entries.
import { readFileSync, writeFileSync } from 'node:fs'

type Entry = {
  version?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> }
const packages = lock.packages
const systems = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony']
const processors = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x']

for (const [at, entry] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    const parts = name.split(/[-/]/)
    if (packages[key] || packages[`${at}/${key}`] || !/^\d/.test(version)) continue
    packages[key] = {
      version,
      optional: true,
      ...(entry.dev && { dev: true }),
      os: systems.filter((s) => parts.includes(s)),
      cpu: processors.filter((c) => parts.includes(c)),
      ...(name.includes('musl') && { libc: ['musl'] }),
    }
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', JSON.stringify(lock, null, 2) + '\n')
