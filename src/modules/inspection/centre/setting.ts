/** How an office works before anybody has set anything: the machine clears nothing by itself. */
import type { CentreSetting } from '../schema/case.ts'

export const standardSetting: CentreSetting = {
  autoClear: false,
  autoClearBelow: 0,
  recheckPercent: { autoClear: 5, clear: 5, suspect: 100 },
  openPercent: 1,
  firstReading: 'blind',
  answerWithinS: 180,
  leaseS: 180,
  viewingMin: 20,
  restMin: 10,
  linkLostAfterS: 60,
}
