/** Runs the conformance of a device model and keeps the certificate; a model whose newest run failed cannot be armed. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import type { Deps } from '#platform/module.ts'
import { planChecks } from '../protocols/conformance.ts'
import { protocolOf } from '../protocols/index.ts'
import type { Capture, Certificate, ConformanceCheck } from '../schema/certificate.ts'
import { lockModel, type ModelKey, saveCertificate } from '../store/models.ts'

let shipped: readonly Capture[] | null = null
/** The captures that ship with a protocol, in their order. */
export const capturesOf = (protocol: string): Capture[] => {
  shipped ??= (JSON.parse(readFileSync(new URL('../protocols/fixtures/captures.json', import.meta.url), 'utf8')) as { captures: Capture[] }).captures
  const name = protocolOf(protocol)?.name
  return shipped.filter((c) => protocolOf(c.protocol)?.name === name)
}

/** Runs all checks over these captures; null for a protocol that nobody speaks. */
export const runChecks = (protocol: string, captures: readonly Capture[], now: string): ConformanceCheck[] | null => {
  const spoken = protocolOf(protocol)
  if (!spoken) return null
  return planChecks(spoken, captures, now).map(({ id, capture, run }) => {
    const began = performance.now()
    const { cases, difference } = run()
    return { id, capture, cases, difference, passed: difference === null, milliseconds: Math.round((performance.now() - began) * 100) / 100 }
  })
}

/**
 * Certifies a model by the shipped captures of its protocol and those that its vendor hands in beside them. Refuses an unknown model
 * (`supervision.model_unknown`), and captures of another protocol (`supervision.capture_of_other_protocol`).
 */
export const certifyModel = async (
  { sql, bus }: Pick<Deps, 'sql' | 'bus'>,
  asking: Asking,
  key: ModelKey,
  own: readonly Capture[],
): Promise<Outcome<Certificate>> => {
  const other = own.findIndex((c) => protocolOf(c.protocol)?.name !== key.protocol)
  if (other >= 0) return refuse(error('supervision.capture_of_other_protocol', `/captures/${other}/protocol`, { protocol: key.protocol }))
  const captures = [...capturesOf(key.protocol), ...own]
  const checks = runChecks(key.protocol, captures, asking.now)
  if (!checks) return refuse(error('supervision.protocol_unknown', '/protocol', { protocol: key.protocol, known: '' }))
  const subject = { kind: 'device-model', id: `${key.vendor}/${key.model}/${key.protocol}` }
  const outcome = await once<Certificate>(
    sql,
    { key: asking.key, actor: actorOf(asking.principal), name: 'model.certify', subject, at: asking.now },
    async (tx) => {
      if (!(await lockModel(tx, key))) return refuse(error('supervision.model_unknown', '', key))
      const certificate: Certificate = {
        ...key,
        id: uuidv7(Date.parse(asking.now), randomBytes(10)),
        runAt: asking.now,
        runBy: asking.principal.name,
        captureSha256: createHash('sha256').update(canonicalJson(captures)).digest('hex'),
        captures: captures.length,
        passed: checks.length > 0 && checks.every((c) => c.passed),
        checks,
      }
      await saveCertificate(tx, certificate)
      const { id, captureSha256, passed } = certificate
      const facts = { captureSha256, failed: checks.filter((c) => !c.passed).map((c) => ({ id: c.id, capture: c.capture })) }
      return accept({ body: { payload: key, facts, events: [{ type: 'model.certified', id, passed }] }, reply: certificate })
    },
  )
  if (outcome.ok) bus.announce({ topic: 'device', id: subject.id })
  return outcome
}
