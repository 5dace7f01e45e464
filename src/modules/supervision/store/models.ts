/** SQL of device models and their certificates. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Certificate, DeviceModelRow } from '../schema/certificate.ts'

export type ModelKey = Pick<DeviceModelRow, 'vendor' | 'model' | 'protocol'>
type ModelRow = Omit<DeviceModelRow, 'title'>

export const listModels = async (db: Reader): Promise<ModelRow[]> =>
  db<ModelRow[]>`select m.vendor, m.model, m.protocol, m.certified_at as "certifiedAt", count(d.id)::int as devices
    from supervision.device_model m left join supervision.device d using (vendor, model, protocol)
    group by m.vendor, m.model, m.protocol order by m.vendor, m.model, m.protocol limit 1000`

/** Locks the model's row; false where there is no such model. */
export const lockModel = async (tx: Tx, { vendor, model, protocol }: ModelKey): Promise<boolean> =>
  (await tx`select from supervision.device_model where vendor = ${vendor} and model = ${model} and protocol = ${protocol} for update`).length > 0

/** Keeps a run; the model is certified while its newest run passed. */
export const saveCertificate = async (tx: Tx, c: Certificate): Promise<void> => {
  await tx`insert into supervision.certificate (id, vendor, model, protocol, run_at, run_by, capture_sha256, captures, passed, checks)
    values (${c.id}, ${c.vendor}, ${c.model}, ${c.protocol}, ${c.runAt}, ${c.runBy}, ${c.captureSha256}, ${c.captures}, ${c.passed}, ${tx.json(c.checks as never)})`
  await tx`update supervision.device_model set certified_at = ${c.passed ? c.runAt : null}, updated_at = ${c.runAt}
    where vendor = ${c.vendor} and model = ${c.model} and protocol = ${c.protocol}`
}

/** Runs of a model, the newest first. */
export const listCertificates = async (db: Reader, { vendor, model, protocol }: ModelKey): Promise<Certificate[]> =>
  db<
    Certificate[]
  >`select id, vendor, model, protocol, run_at as "runAt", run_by as "runBy", capture_sha256 as "captureSha256", captures, passed, checks
    from supervision.certificate where vendor = ${vendor} and model = ${model} and protocol = ${protocol} order by run_at desc limit 20`
