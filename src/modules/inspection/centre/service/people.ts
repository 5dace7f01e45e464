/** Readers and the programme of projected pictures: kept by those who oversee. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { violates } from '#platform/database.ts'
import { officeAllowed } from '#platform/permissions.ts'
import type { ReaderProfile } from '../../schema/figures.ts'
import type { NewTipItem, TipRateBody } from '../../schema/tip.ts'
import { newId } from '../../service/ids.ts'
import { findImage, listFindings } from '../../store/images.ts'
import { saveReader } from '../store/readers.ts'
import { insertTipItem, insertTrials, saveRate } from '../store/trials.ts'
import { aiReadOf, machineTrial } from './intake.ts'
import type { Core } from './cases.ts'

export const keepReader = ({ sql }: Core, asking: Asking, reader: ReaderProfile): Promise<Outcome<ReaderProfile>> => {
  const subject = { kind: 'image-reader', id: reader.personId }
  return once<ReaderProfile>(
    sql,
    { key: asking.key, actor: actorOf(asking.principal), name: 'image-reader.keep', subject, at: asking.now },
    async (tx) => {
      await saveReader(tx, reader, asking.now)
      return accept({ body: { payload: reader, facts: {}, events: [{ type: 'image-reader.kept', reader }] }, reply: reader })
    },
  )
}

/** Takes a stored image with a projected object into the library; what the detector said of it first already counts as its trial. */
export const addTipItem = async ({ sql, bus }: Core, asking: Asking, item: NewTipItem): Promise<Outcome<{ id: string }>> => {
  const id = newId(asking.now)
  const command = {
    key: asking.key,
    actor: actorOf(asking.principal),
    name: 'tip-item.add',
    subject: { kind: 'tip-item', id },
    at: asking.now,
    creates: true,
  }
  try {
    const outcome = await once<{ id: string }>(sql, command, async (tx) => {
      const image = await findImage(tx, item.imageId)
      if (!image || !officeAllowed(asking.principal, image.office, 'inspection:tip:manage'))
        return refuse(error('inspection.image_unknown', '/imageId', { id: item.imageId }))
      if (!image.isTip || image.column === 'real') return refuse(error('inspection.tip_not_projected', '/imageId', { id: item.imageId }))
      const kept = { ...item, id, column: image.column, addedAt: asking.now }
      await insertTipItem(tx, kept)
      const finding = (await listFindings(tx, image.id)).map(aiReadOf).findLast((ai) => !ai.failed)
      if (finding) await insertTrials(tx, [machineTrial(image, finding, kept)])
      return accept({ body: { payload: item, facts: { column: image.column }, events: [{ type: 'tip-item.added', item: kept }] }, reply: { id } })
    })
    if (outcome.ok) bus.announce({ topic: 'inspection', id, what: 'tip' })
    return outcome
  } catch (fault) {
    if (violates(fault, 'tip_item_once')) return refuse(error('inspection.tip_known', '/imageId', { id: item.imageId }))
    throw fault
  }
}

export const keepRate = ({ sql }: Core, asking: Asking, rate: TipRateBody): Promise<Outcome<TipRateBody>> => {
  const subject = { kind: 'tip-rate', id: `${rate.category}/${rate.shift}` }
  return once<TipRateBody>(sql, { key: asking.key, actor: actorOf(asking.principal), name: 'tip-rate.keep', subject, at: asking.now }, async (tx) => {
    await saveRate(tx, rate, asking.now)
    return accept({ body: { payload: rate, facts: {}, events: [{ type: 'tip-rate.kept', rate }] }, reply: rate })
  })
}
