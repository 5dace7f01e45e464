/** What the server tells of one profile. */
import type { Backtest, ProfileCommandName, ProfileVersion } from '#schema/risk'

export type ProfileView = {
  versions: { version: ProfileVersion; allowed: ProfileCommandName[] }[]
  backtests: Backtest[]
  readings: { person: string; at: string }[]
}
