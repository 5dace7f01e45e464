/** From the tax lines of an assessment to what the ledger is asked to cover. Pure. */
import { add, zero } from '#kernel/money.ts'
import type { Assessment, ChargeLine } from './schema.ts'

/** What is payable, and what is to be secured, summed by method and tax; nothing of zero. */
export const chargesOf = (assessment: Assessment): ChargeLine[] => {
  const sums = new Map<string, ChargeLine>()
  for (const line of assessment.lines) {
    const secure = line.status === 'secured'
    const money = secure ? line.assessed : line.payable
    if (money.minor === 0) continue
    const key = `${line.method}/${line.type}/${secure}`
    const before = sums.get(key)?.money ?? zero(assessment.currency)
    sums.set(key, { method: line.method, taxType: line.type, money: add(before, money), ...(secure && { secure }) })
  }
  return [...sums.values()]
}
